//! What exchanges read.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::common::tools::pip;
use super::common::{Desk, Run, root};
use super::{line, model, text};

#[test]
fn the_dialplan_has_no_finding() {
    let packages = pip("hotline");
    let plan = line().path("out/hotline/asterisk/extensions.conf");
    let lint = |plan: &Path| {
        let main = "import os, sys; from asterisklint.main import main; \
                    sys.exit(main(['dialplan-check', sys.argv[1]], os.environ))";
        let mut python = Command::new("python3");
        python
            .args(["-c", main])
            .arg(plan)
            .env("PYTHONPATH", &packages);
        Run::from(python.output().unwrap())
    };
    let said = lint(&plan);
    assert_eq!(
        (said.code, said.stdout.as_str(), said.stderr.as_str()),
        (Some(0), "", "")
    );
    // It would tell: a context that is not there, and an application that is not.
    let broken = line().read("out/hotline/asterisk/extensions.conf");
    let broken = broken.replacen("WaitExten(8)", "WaitExtern(8)", 1);
    let desk = Desk::new();
    desk.write("broken.conf", broken);
    assert_ne!(lint(&desk.path("broken.conf")).code, Some(0));
}

/// Every way of the dialplan leads to a context that is there, and every sound is one.
#[test]
fn the_dialplan_leads_nowhere_but_into_itself() {
    let desk = line();
    let plan = desk.read("out/hotline/asterisk/extensions.conf");
    let contexts: BTreeSet<&str> = (plan.lines())
        .filter_map(|l| l.strip_prefix('[')?.strip_suffix(']'))
        .collect();
    let mut ways = 0;
    for rest in plan.split("tingbao-").skip(1) {
        let name: String = (rest.chars())
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        let after = rest[name.len()..].chars().next();
        // `tingbao-optout/…` is a name in the database; `${TB_STATE}` a variable.
        if after != Some('/') && after != Some('$') {
            assert!(
                contexts.contains(format!("tingbao-{name}").as_str()),
                "{name}"
            );
            ways += 1;
        }
    }
    assert!(ways > 100, "{ways}");
    for rest in plan.split("${TB}/prompts/").skip(1) {
        let name: String = (rest.chars())
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        let is_variable = rest[name.len()..].starts_with("${");
        let file = desk.path(&format!("out/hotline/sounds/prompts/{name}.ulaw"));
        assert!(is_variable || file.exists(), "{name}");
    }
    // Keys count from the first moment on: the greeting has those of the menu behind it,
    // and begins with a wait that hears them.
    let id = model(line(), "out/hotline").id;
    let context = |name: &str| {
        let from = plan.find(&format!("[tingbao-{id}-{name}]\n")).unwrap();
        plan[from..].split("\n\n").next().unwrap()
    };
    let welcome = context("welcome");
    assert!(
        welcome.contains("exten => s,1,WaitExten(0.5)\n same => n,Background("),
        "{welcome}"
    );
    let main = context("main");
    for key in ["1", "2", "0", "*"] {
        let leads = |context: &str| {
            let at = context.find(&format!("exten => {key},1,")).unwrap();
            context[at..].lines().nth(1).unwrap().to_string()
        };
        assert_eq!(leads(welcome), leads(main), "{key}");
    }
    assert!(welcome.contains(&format!("exten => 7,1,Goto(tingbao-{id}-main,i,1)")));
    // Every key ends the sound of an article, a pause takes all of them too, and forward
    // beyond the end is the end.
    assert!(plan.contains(",15000,,,123456789*0#,,,o(${TB_AT}))"));
    assert_eq!(context("paused").matches("exten => ").count(), 14);
    assert!(context("reading").contains("GotoIf($[${TB_AT} >= ${TB_LENGTH}]?s,ended)"));
    // A number that was begun can be left.
    assert!(context("numbers").contains("exten => 1*,1,"));
    let longest = plan.lines().map(str::len).max().unwrap();
    assert!(
        longest < 8_191,
        "Asterisk reads lines of 8,191 bytes: {longest}"
    );
}

#[test]
fn freeswitch_finds_every_state_menu_phrase_and_sound() {
    let folder = line().path("out/hotline");
    let read = |file: &str| {
        let text = fs::read_to_string(folder.join("freeswitch").join(file)).unwrap();
        text.replace("$${tingbao_dir}", folder.to_str().unwrap())
    };
    let (plan, menus, phrases) = (read("dialplan.xml"), read("ivr.xml"), read("phrases.xml"));
    let plan = roxmltree::Document::parse(&plan).unwrap();
    let menus = roxmltree::Document::parse(&menus).unwrap();
    let phrases = roxmltree::Document::parse(&phrases).unwrap();
    let names = |doc: &roxmltree::Document, tag: &str| -> BTreeSet<String> {
        let found = doc.descendants().filter(|n| n.has_tag_name(tag));
        found
            .map(|n| n.attribute("name").unwrap().to_string())
            .collect()
    };
    let states = names(&plan, "extension");
    let known_menus = names(&menus, "menu");
    let macros = names(&phrases, "macro");
    let line = model(line(), "out/hotline");
    assert_eq!(states.len(), line.states.len() + 1);
    for action in plan.descendants().filter(|n| n.has_tag_name("action")) {
        let data = action.attribute("data").unwrap();
        match action.attribute("application").unwrap() {
            "transfer" => assert!(states.contains(data.split(' ').next().unwrap()), "{data}"),
            "ivr" => assert!(known_menus.contains(data), "{data}"),
            "playback" => assert!(macros.contains(data.strip_prefix("phrase:").unwrap())),
            "lua" => assert!(
                Path::new(data.split(' ').next().unwrap()).exists(),
                "{data}"
            ),
            _ => {}
        }
    }
    for entry in menus.descendants().filter(|n| n.has_tag_name("entry")) {
        let to = entry.attribute("param").unwrap().split(' ').nth(1).unwrap();
        assert!(states.contains(to), "{to}");
    }
    for menu in menus.descendants().filter(|n| n.has_tag_name("menu")) {
        let greet = menu.attribute("greet-long").unwrap();
        assert!(macros.contains(greet.strip_prefix("phrase:").unwrap()));
    }
    for action in phrases.descendants().filter(|n| n.has_tag_name("action")) {
        let file = action.attribute("data").unwrap();
        assert!(Path::new(file).exists(), "{file}");
    }
}

/// The script under a caller of ours.
#[test]
fn the_script_of_freeswitch_reads_and_remembers() {
    let folder = line().path("out/hotline");
    let call = |number: &str, keys: &str, state: &str| {
        text(
            Command::new("lua5.4")
                .arg(root().join("tests/hotline/session.lua"))
                .args([folder.to_str().unwrap(), number, keys, state]),
        )
    };
    let id = model(line(), "out/hotline").id;
    // Number 5 at once, number 12 by two figures, number 1 after a moment.
    assert!(call("1", "5", "choose-1").contains("articles/005-normal 0"));
    assert!(call("1", "12", "choose-1").contains("articles/012-normal 0"));
    assert!(call("1", "1t", "choose-1").contains("articles/001-normal 0"));
    assert!(call("1", "7#", "choose-1").contains("articles/007-normal"));
    // Keys are taken while the greeting and other words are told.
    let early = call("1", "^2t", "start");
    assert!(
        early.contains("[welcome]\nprompts/greeting 0\n  interrupted\n[choose-1]"),
        "{early}"
    );
    assert!(call("1", "^7^2t", "start").contains("prompts/wrong 0\n  interrupted\n[choose-1]"));
    assert!(call("1", "^12", "help-1").contains("articles/012-normal 0"));
    assert!(call("1", "+0^5t", "one-2").contains("articles/002-normal 80000\n"));
    assert!(call("1", "+0^8", "one-2").contains("[one-3]"));
    let steered = call("138", "+644573", "one-2");
    assert!(steered.contains("seek:+15000 200000\n  seek:-15000 80000\n  seek:-15000 0\n  pause"));
    assert!(steered.contains("articles/002-slow"), "{steered}");
    assert!(steered.contains("prompts/reading-wrong"), "{steered}");
    assert!(
        steered.contains(&format!("tingbao/138 = {id}:one-2:2:slow:")),
        "{steered}"
    );
    assert!(call("1", "8*", "one-2").contains("[one-3]"));
    // Heard to its end, a place is no longer kept; without a number none ever is.
    assert!(!call("138", "t", "one-2").contains("tingbao/"));
    assert!(!call("", "+", "one-2").contains("tingbao/"));
    assert!(call("1", "ttt", "choose-1").ends_with("-> quiet\n"));
    assert!(call("138", "", "forget").contains("tingbao-optout/138 = 1"));
}

#[test]
fn voicexml_is_whole_and_leads_nowhere_but_into_itself() {
    let folder = line().path("out/hotline/voicexml");
    let document = fs::read_to_string(folder.join("line.vxml")).unwrap();
    let document = roxmltree::Document::parse(&document).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("version"), Some("2.1"));
    assert_eq!(
        root.tag_name().namespace(),
        Some("http://www.w3.org/2001/vxml")
    );
    let ids: Vec<&str> = root
        .descendants()
        .filter_map(|n| n.attribute("id"))
        .collect();
    let forms: BTreeSet<&str> = (root.children())
        .filter(|n| n.tag_name().name() == "form")
        .filter_map(|n| n.attribute("id"))
        .collect();
    assert!(forms.len() > 100 && ids.len() > forms.len());
    for node in root.descendants() {
        if let Some(to) = node.attribute("next") {
            assert!(forms.contains(to.strip_prefix('#').unwrap()), "{to}");
        }
        if let Some(src) = node.attribute("src") {
            assert!(folder.join(src).exists(), "{src}");
        }
    }
    let line = model(line(), "out/hotline");
    for state in &line.states {
        assert!(forms.contains(state.id.as_str()), "{}", state.id);
    }
}

#[test]
fn twilio_is_answered_by_the_function() {
    let mut node = Command::new("node");
    node.arg(root().join("tests/hotline/twilio.cjs"))
        .arg(line().path("out/hotline"));
    let said = text(&mut node);
    assert!(said.ends_with(" pieces\n"), "{said}");
}
