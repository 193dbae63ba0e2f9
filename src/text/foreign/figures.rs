//! Figures, units and addresses of English text in words, before the dictionary is
//! asked: what it would say letter by letter or not at all.

/// Units behind a figure: as written, one of it, more of it.
const UNITS: &[(&str, &str, &str)] = &[
    ("km/h", "kilometre an hour", "kilometres an hour"),
    ("mph", "mile an hour", "miles an hour"),
    ("km²", "square kilometre", "square kilometres"),
    ("m²", "square metre", "square metres"),
    ("m2", "square metre", "square metres"),
    ("m³", "cubic metre", "cubic metres"),
    ("sqm", "square metre", "square metres"),
    ("°C", "degree Celsius", "degrees Celsius"),
    ("℃", "degree Celsius", "degrees Celsius"),
    ("°F", "degree Fahrenheit", "degrees Fahrenheit"),
    ("°", "degree", "degrees"),
    ("kWh", "kilowatt hour", "kilowatt hours"),
    ("kW", "kilowatt", "kilowatts"),
    ("km", "kilometre", "kilometres"),
    ("cm", "centimetre", "centimetres"),
    ("mm", "millimetre", "millimetres"),
    ("kg", "kilogram", "kilograms"),
    ("mg", "milligram", "milligrams"),
    ("ml", "millilitre", "millilitres"),
    ("ha", "hectare", "hectares"),
    ("hrs", "hour", "hours"),
    ("hr", "hour", "hours"),
    ("mins", "minute", "minutes"),
    ("min", "minute", "minutes"),
    ("m", "metre", "metres"),
    ("g", "gram", "grams"),
    ("l", "litre", "litres"),
    ("L", "litre", "litres"),
];
/// Currencies before a figure.
const MONEY: &[(char, &str, &str)] = &[
    ('£', "pound", "pounds"),
    ('$', "dollar", "dollars"),
    ('€', "euro", "euros"),
    ('¥', "yuan", "yuan"),
    ('￥', "yuan", "yuan"),
];
/// What makes a figure larger.
const LARGE: &[(&str, &str)] = &[
    ("bn", "billion"),
    ("m", "million"),
    ("M", "million"),
    ("k", "thousand"),
    ("K", "thousand"),
];
const DAYS: &[(&str, &str)] = &[
    ("Mon", "Monday"),
    ("Tue", "Tuesday"),
    ("Tues", "Tuesday"),
    ("Wed", "Wednesday"),
    ("Thu", "Thursday"),
    ("Thurs", "Thursday"),
    ("Fri", "Friday"),
    ("Sat", "Saturday"),
    ("Sun", "Sunday"),
];
/// The last part of addresses on the Web.
const DOMAINS: &[&str] = &["com", "org", "net", "cn", "edu", "gov", "uk", "info", "io"];

/// The text with figures, units and addresses as they are said.
pub fn in_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let space = first.len_utf8();
        if first.is_whitespace() {
            out.push(first);
            rest = &rest[space..];
            continue;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        let core = word.trim_matches(|c| ",.;:!?()[]“”\"'‘’".contains(c));
        let at = word.find(core).unwrap_or(0);
        let (before, after) = (&word[..at], &word[at + core.len()..]);
        out.push_str(before);
        // `3 km`: a figure alone, its unit in the next word.
        let next = behind.trim_start();
        let next = &next[..next.find(char::is_whitespace).unwrap_or(next.len())];
        let unit = next.trim_end_matches([',', '.', ';', ':', '!', '?', ')']);
        let is_unit = (after.is_empty() && is_figure(core)).then(|| said_unit(core, unit));
        match is_unit
            .flatten()
            .filter(|_| !matches!(unit, "m" | "g" | "l" | "L") || lonely(next))
        {
            Some(said) => {
                out.push_str(core);
                out.push(' ');
                out.push_str(said);
                let skipped = behind.len() - behind.trim_start().len() + unit.len();
                rest = &behind[skipped..];
            }
            None => {
                out.push_str(&word_of(core));
                out.push_str(after);
                rest = behind;
            }
        }
    }
    out
}

/// Whether a short unit stands as a word of its own and not before a name.
fn lonely(word: &str) -> bool {
    word.len() == 1 || word.ends_with([',', '.', ';', ':', '!', '?', ')'])
}

/// `1,200` or `2.5`.
fn is_figure(word: &str) -> bool {
    let figure = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
    word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(figure)
}

fn said_unit(figure: &str, unit: &str) -> Option<&'static str> {
    let (_, one, more) = UNITS.iter().find(|(written, ..)| *written == unit)?;
    Some(if figure == "1" { one } else { more })
}

/// One word without the marks around it.
fn word_of(word: &str) -> String {
    let read = short(word)
        .or_else(|| money(word))
        .or_else(|| measured(word))
        .or_else(|| decade(word))
        .or_else(|| clock(word))
        .or_else(|| span(word))
        .or_else(|| address(word));
    match (read, word) {
        (Some(said), _) => said,
        (None, "x" | "×") => "by".into(),
        (None, word) => irish(word).unwrap_or_else(|| word.to_string()),
    }
}

/// Words and fractions that are written short, and what lies below nothing.
fn short(word: &str) -> Option<String> {
    let said = match word {
        "1/2" => "one half",
        "1/3" => "one third",
        "2/3" => "two thirds",
        "1/4" => "one quarter",
        "3/4" => "three quarters",
        "Ltd" => "Limited",
        _ => {
            let degrees = word
                .strip_prefix(['-', '−'])
                .filter(|r| r.starts_with(|c: char| c.is_ascii_digit()));
            return degrees.map(|rest| format!("minus {}", word_of(rest)));
        }
    };
    Some(said.into())
}

/// `£2.5m`, `¥30`; a plain `£5` is known to the dictionary.
fn money(word: &str) -> Option<String> {
    let mark = word.chars().next()?;
    let (_, one, more) = MONEY.iter().find(|(own, ..)| *own == mark)?;
    let rest = &word[mark.len_utf8()..];
    let large = (LARGE.iter()).find(|(ending, _)| rest.ends_with(ending));
    let figure = large.map_or(rest, |(ending, _)| &rest[..rest.len() - ending.len()]);
    if !is_figure(figure) {
        return None;
    }
    match large {
        Some((_, large)) => Some(format!("{figure} {large} {more}")),
        None if *one == "yuan" => Some(format!("{figure} yuan")),
        None => None,
    }
}

/// `5kg`, `25°C`.
fn measured(word: &str) -> Option<String> {
    let end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.'))?;
    let (figure, unit) = word.split_at(end);
    is_figure(figure)
        .then(|| said_unit(figure, unit))
        .flatten()
        .map(|said| format!("{figure} {said}"))
}

/// `1990s`, `80s`.
fn decade(word: &str) -> Option<String> {
    let years = word.strip_suffix('s')?;
    let year: u32 = years.parse().ok()?;
    let tens = [
        "",
        "tens",
        "twenties",
        "thirties",
        "forties",
        "fifties",
        "sixties",
        "seventies",
        "eighties",
        "nineties",
    ];
    let ten = tens[(year / 10 % 10) as usize];
    match (years.len(), year / 100, year % 100) {
        (4, 20, 0) => Some("two thousands".into()),
        (4, century @ 10.., 10..) if year.is_multiple_of(10) => Some(format!("{century} {ten}")),
        // Fewer may be seconds.
        (2, _, 50..) if year.is_multiple_of(10) => Some(ten.into()),
        _ => None,
    }
}

/// `7.30pm`: a clock time with a point. (With a space behind it only the colon tells.)
fn clock(word: &str) -> Option<String> {
    let time = word
        .strip_suffix("pm")
        .or_else(|| word.strip_suffix("am"))?;
    let (hours, minutes) = time.split_once('.')?;
    let figures = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_digit());
    let half = &word[time.len()..];
    (figures(hours) && figures(minutes) && minutes.len() == 2)
        .then(|| format!("{hours}:{minutes} {half}"))
}

/// `Mon-Fri`, `9am-5pm`, `10x12`.
fn span(word: &str) -> Option<String> {
    if let Some((a, b)) = word.split_once(['x', '×']) {
        return (is_figure(a) && is_figure(b)).then(|| format!("{a} by {b}"));
    }
    let (a, b) = word.split_once(['-', '–'])?;
    let day = |word: &str| {
        DAYS.iter()
            .find(|(short, _)| *short == word)
            .map(|(_, day)| *day)
    };
    if let (Some(a), Some(b)) = (day(a), day(b)) {
        return Some(format!("{a} to {b}"));
    }
    let ordinal = |t: &str| {
        let figure = t.strip_suffix("th").or_else(|| t.strip_suffix("st"));
        let figure = figure
            .or_else(|| t.strip_suffix("nd"))
            .or_else(|| t.strip_suffix("rd"));
        figure.is_some_and(|f| !f.is_empty() && f.chars().all(|c| c.is_ascii_digit()))
    };
    if ordinal(a) && ordinal(b) {
        return Some(format!("{a} to {b}"));
    }
    let hour = |t: &str| {
        let figure = t.strip_suffix("am").or_else(|| t.strip_suffix("pm"));
        figure.is_some_and(|f| {
            !f.is_empty()
                && f.chars()
                    .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'))
        })
    };
    (hour(b) && (hour(a) || is_figure(a))).then(|| {
        let said = |t: &str| clock(t).unwrap_or_else(|| t.to_string());
        format!("{} to {}", said(a), said(b))
    })
}

/// `www.example.org/help`, `info@example.org`.
fn address(word: &str) -> Option<String> {
    let bare = word
        .strip_prefix("https://")
        .or_else(|| word.strip_prefix("http://"));
    let bare = bare.unwrap_or(word);
    let host = bare.split('/').next()?;
    let (_, ending) = host.rsplit_once('.')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '@' | '_');
    if !DOMAINS.contains(&ending) || !host.chars().all(plain) {
        return None;
    }
    let spelled = match bare.strip_prefix("www.") {
        Some(rest) => format!("W W W dot {rest}"),
        None => bare.to_string(),
    };
    Some(
        (spelled.replace('.', " dot "))
            .replace('@', " at ")
            .replace('/', " slash ")
            .replace(['-', '_'], " "),
    )
}

/// `O'Brien`.
fn irish(word: &str) -> Option<String> {
    let rest = word
        .strip_prefix("O'")
        .or_else(|| word.strip_prefix("O’"))?;
    rest.starts_with(char::is_uppercase)
        .then(|| format!("O {rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_units_and_addresses_are_said() {
        for (text, said) in [
            (
                "cost £2.5m and €300,000.",
                "cost 2.5 million pounds and €300,000.",
            ),
            ("$3bn, ¥30", "3 billion dollars, 30 yuan"),
            (
                "3 km long and 2.5 m wide",
                "3 kilometres long and 2.5 metres wide",
            ),
            ("1 kg.", "1 kilogram."),
            (
                "A 5kg bag at 25°C",
                "A 5 kilograms bag at 25 degrees Celsius",
            ),
            ("the 1990s", "the 19 nineties"),
            ("at 7.30pm", "at 7:30 pm"),
            ("Mon-Fri 9am-5pm.", "Monday to Friday 9am to 5pm."),
            ("10 x 12 cm", "10 by 12 centimetres"),
            (
                "(www.example.org) info@example.org",
                "(W W W dot example dot org) info at example dot org",
            ),
            ("Mrs O'Brien", "Mrs O Brien"),
            (
                "-5°C to 12°C",
                "minus 5 degrees Celsius to 12 degrees Celsius",
            ),
            ("10th-12th May, 1/2 mile", "10th to 12th May, one half mile"),
            ("Flat 3 G block", "Flat 3 G block"),
            ("2.5", "2.5"),
            ("  spaced  out ", "  spaced  out "),
        ] {
            assert_eq!(in_words(text), said, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*") {
            in_words(&text);
        }
    }
}
