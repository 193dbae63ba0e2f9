//! The settings: groups of radio buttons, every one as large as any other key.

use super::words::Tongue;
use crate::export::escape::escape;

/// One thing that can be set.
struct Group {
    /// The buttons' name, and the key of its heading among the words.
    name: &'static str,
    /// What holds at first; the language is the page's own.
    chosen: &'static str,
    /// Value, key of the word, what fills the word's gap.
    choices: &'static [(&'static str, &'static str, &'static str)],
}

const GROUPS: [Group; 4] = [
    Group {
        name: "rest",
        chosen: "",
        choices: &[
            ("", "rest_none", ""),
            ("article", "rest_end", ""),
            ("15", "rest_minutes", "15"),
            ("30", "rest_minutes", "30"),
            ("45", "rest_minutes", "45"),
            ("60", "rest_minutes", "60"),
        ],
    },
    Group {
        name: "size",
        chosen: "100",
        choices: &[
            ("100", "size_percent", "100"),
            ("150", "size_percent", "150"),
            ("200", "size_percent", "200"),
            ("300", "size_percent", "300"),
            ("400", "size_percent", "400"),
        ],
    },
    Group {
        name: "colours",
        chosen: "auto",
        choices: &[
            ("auto", "colours_auto", ""),
            ("light", "colours_light", ""),
            ("dark", "colours_dark", ""),
            ("contrast", "colours_contrast", ""),
        ],
    },
    Group {
        name: "keys",
        chosen: "on",
        choices: &[("on", "keys_on", ""), ("off", "keys_off", "")],
    },
];

/// All groups.
pub fn choices(tongue: Tongue) -> String {
    let mut html = String::new();
    for group in &GROUPS {
        let buttons = (group.choices.iter()).map(|(value, key, gap)| {
            let gap_filled = match *gap {
                "" => String::new(),
                gap => format!(" data-gap=\"{gap}\""),
            };
            let label = format!(
                "<span data-word=\"{key}\"{gap_filled}>{}</span>",
                escape(&tongue.filled(key, gap))
            );
            button(group.name, value, *value == group.chosen, &label)
        });
        html.push_str(&fieldset(tongue, group.name, buttons.collect()));
    }
    // A language is called by its own name, whatever the page's is.
    let languages = [(Tongue::Chinese, "中文"), (Tongue::English, "English")].map(|(own, name)| {
        let label = format!("<span lang=\"{}\">{name}</span>", own.tag());
        button("language", own.short(), own == tongue, &label)
    });
    html.push_str(&fieldset(tongue, "language", languages.concat()));
    html
}

fn fieldset(tongue: Tongue, name: &str, buttons: String) -> String {
    format!(
        "<fieldset>\n<legend data-word=\"{name}\">{}</legend>\n<div class=\"choices\">\n{buttons}</div>\n</fieldset>\n",
        escape(tongue.word(name))
    )
}

fn button(name: &str, value: &str, chosen: bool, label: &str) -> String {
    let checked = if chosen { " checked" } else { "" };
    format!(
        "<label class=\"choice\"><input type=\"radio\" name=\"{name}\" value=\"{value}\"{checked}>{label}</label>\n"
    )
}
