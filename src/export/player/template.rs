//! A page with gaps.

/// The template with every `{{key}}` replaced by what `value` gives for it. What is
/// put in is never looked at again: a title with braces stays a title.
pub fn fill(template: &str, value: impl Fn(&str) -> String) -> String {
    let mut page = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        page.push_str(before);
        match after.split_once("}}") {
            Some((key, after)) => {
                page.push_str(&value(key));
                rest = after;
            }
            None => {
                page.push_str("{{");
                rest = after;
            }
        }
    }
    page.push_str(rest);
    page
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn gaps_are_filled_once() {
        let value = |key: &str| format!("<{{{{{key}}}}}>");
        assert_eq!(fill("a {{b}} {{c}}{{ d", value), "a <{{b}}> <{{c}}>{{ d");
    }
}
