//! Pages in every form that a desk has them in, read as users do. All texts
//! are invented.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use std::io::{Cursor, Write};
use std::process::Stdio;

use common::{Desk, Run};
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const FIRST: &str = "荷湾社区食堂今天上午开张，首日供应 26 种菜品，60 岁以上老人享受 8 折。";
const SECOND: &str = "食堂位于荷湾路 88 号，咨询电话 021-55551234，由 Open Day 志愿者接听。";

/// What is read from `inputs`, as JSON.
fn read(desk: &Desk, inputs: &[&str]) -> Value {
    let run = desk.run(&[&["ingest", "--json", "--repair", "off"], inputs].concat());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

fn headlines(read: &Value) -> Vec<String> {
    let articles = read["articles"].as_array().unwrap();
    let headline = |a: &Value| a["headline"].as_str().unwrap().to_string();
    articles.iter().map(headline).collect()
}

/// The blocks of the first article.
fn body(read: &Value) -> Vec<String> {
    let blocks = read["articles"][0]["blocks"].as_array().unwrap();
    let text = |b: &Value| b["text"].as_str().unwrap().to_string();
    blocks.iter().map(text).collect()
}

/// Expects just this on standard error, and exit code 2.
fn refused(desk: &Desk, args: &[&str], stderr: &str) {
    let wanted = Run {
        code: Some(2),
        stdout: String::new(),
        stderr: format!("{stderr}\n"),
    };
    assert_eq!(desk.run(args), wanted, "tingbao {}", args.join(" "));
}

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn piped(desk: &Desk, args: &[&str], input: &[u8]) -> Run {
    let mut child = desk
        .command(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    Run::from(child.wait_with_output().unwrap())
}

#[test]
fn clean_text_and_markdown_pass_through_unchanged() {
    let desk = Desk::new();
    desk.write(
        "p.txt",
        format!("社区食堂今天开张\n\n{FIRST}\n\n{SECOND}\n"),
    )
    .write(
        "p.md",
        format!("# 社区食堂今天开张\n\n{FIRST}\n\n{SECOND}\n"),
    )
    .write(
        "q.md",
        format!("+++\nheadline = \"社区食堂今天开张\"\n+++\n\n{FIRST}\n\n{SECOND}\n"),
    );
    for page in ["p.txt", "p.md", "q.md"] {
        let read = read(&desk, &[page]);
        assert_eq!(headlines(&read), ["社区食堂今天开张"], "{page}");
        assert_eq!(body(&read), [FIRST, SECOND], "{page}");
    }
}

const HOCR: &str = "<?xml version='1.0' encoding='UTF-8'?>\n<html><body>\
    <div class='ocr_page' title='bbox 0 0 1000 800'><div class='ocr_carea'>\
    <span class='ocr_line' title='bbox 520 240 920 260'><span class='ocrx_word'>阳光很好</span>\
    <span class='ocrx_word'>，</span><span class='ocrx_word'>大家都很高兴。</span></span>\
    <span class='ocr_line' title='bbox 520 210 960 230'>一起走进新食堂，这一天的</span></div>\
    <span class='ocr_line' title='bbox 40 240 480 260'>上午开张，附近的居民早早</span>\
    <span class='ocr_line' title='bbox 80 210 480 230'>荷湾社区的新食堂昨天</span>\
    <span class='ocr_line' title='bbox 40 270 480 290'>来到门口排起了队，他们</span>\
    <span class='ocr_header' title='bbox 200 60 800 130; x_size 70'>荷湾社区食堂今天开张</span>\
    </div></body></html>";

#[test]
fn coordinates_decide_the_order() {
    let desk = Desk::new();
    desk.write("p.hocr", HOCR);
    let wanted = "荷湾社区的新食堂昨天上午开张，附近的居民早早来到门口排起了队，他们一起走进新食堂，\
                  这一天的阳光很好，大家都很高兴。";
    let from_hocr = read(&desk, &["p.hocr"]);
    assert_eq!(headlines(&from_hocr), ["荷湾社区食堂今天开张"]);
    assert_eq!(body(&from_hocr), [wanted]);

    let line = |text: &str, left: u32, top: u32, width: u32, height: u32| {
        format!(
            "<TextLine><String CONTENT='{text}' HPOS='{left}' VPOS='{top}' WIDTH='{width}' \
             HEIGHT='{height}'/></TextLine>"
        )
    };
    let alto = [
        "<?xml version='1.0'?><alto xmlns='http://www.loc.gov/standards/alto/ns-v4#'><Layout><Page>\
         <PrintSpace><TextBlock>",
        &line("阳光很好，大家都很高兴。", 520, 240, 400, 20),
        &line("一起走进新食堂，这一天的", 520, 210, 440, 20),
        "</TextBlock><TextBlock>",
        &line("上午开张，附近的居民早早", 40, 240, 440, 20),
        &line("荷湾社区的新食堂昨天", 80, 210, 400, 20),
        &line("来到门口排起了队，他们", 40, 270, 440, 20),
        "</TextBlock><TextBlock>",
        &line("荷湾社区食堂今天开张", 200, 60, 600, 70),
        "</TextBlock></PrintSpace></Page></Layout></alto>",
    ];
    desk.write("p.xml", alto.concat());
    assert_eq!(read(&desk, &["p.xml"]), from_hocr);
}

#[test]
fn the_text_that_places_mean_is_kept_beside_the_page() {
    let desk = Desk::new();
    desk.write("p.hocr", HOCR);
    let run = desk.run(&["ingest", "p.hocr", "-o", "i"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(desk.files("i/pages"), ["p.hocr", "p.hocr.txt"]);
    let text = desk.read("i/pages/p.hocr.txt");
    assert!(text.starts_with("荷湾社区食堂今天开张\n\n"), "{text}");
}

#[test]
fn a_web_page_gives_its_article_without_navigation() {
    let desk = Desk::new();
    desk.write(
        "p.html",
        format!(
            "<!doctype html><title>食堂今天开张_荷湾社区报</title><meta name=SiteName \
             content=荷湾社区报><meta name=PubDate content='2026-11-20 09:00'>\
             <div class=nav><a href=/>首页</a><a href=/a>新闻</a></div><h1>食堂今天开张</h1>\
             <p class=info>来源：荷湾社区报 作者：林晓</p><div class=text><p>{FIRST}<p>{SECOND}</div>\
             <div class=related><a href=1>上一篇：路灯亮了</a></div><footer>版权所有</footer>"
        ),
    );
    let read = read(&desk, &["p.html"]);
    assert_eq!(headlines(&read), ["食堂今天开张"]);
    assert_eq!(read["articles"][0]["byline"], "林晓");
    assert_eq!(read["masthead"]["paper"], "荷湾社区报");
    assert_eq!(read["masthead"]["date"], "2026-11-20");
    assert_eq!(body(&read), [FIRST, SECOND]);
    // The rest is kept apart, not dropped.
    let rest = read["non_article"].to_string();
    assert!(
        rest.contains("版权所有") && rest.contains("上一篇：路灯亮了"),
        "{rest}"
    );
    assert!(!rest.contains(FIRST));
}

#[test]
fn the_body_text_of_epub_and_docx_is_read() {
    let desk = Desk::new();
    desk.write(
        "p.epub",
        package(&[
            ("mimetype", "application/epub+zip"),
            (
                "META-INF/container.xml",
                "<container><rootfiles><rootfile full-path='c.opf'/></rootfiles></container>",
            ),
            (
                "c.opf",
                "<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>\
                 </manifest><spine><itemref idref='a'/></spine></package>",
            ),
            (
                "a.xhtml",
                &format!("<html><body><h1>食堂今天开张</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>"),
            ),
        ]),
    );
    let para = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let docx = |heading: &str| {
        let body = [
            para(heading, "食堂今天开张"),
            para("a", FIRST),
            para("a", SECOND),
        ];
        let document = format!(
            "<w:document xmlns:w='w'><w:body>{}</w:body></w:document>",
            body.concat()
        );
        package(&[("word/document.xml", &document)])
    };
    desk.write("p.docx", docx("Heading1"))
        .write("q.docx", docx("a"));
    for file in ["p.epub", "p.docx", "q.docx"] {
        let read = read(&desk, &[file]);
        assert_eq!(headlines(&read), ["食堂今天开张"], "{file}");
        assert_eq!(body(&read), [FIRST, SECOND], "{file}");
    }
}

fn small_page(headline: &str) -> String {
    format!("{headline}\n\n昨天上午，小区里的居民都来了，大家都很高兴。\n")
}

#[test]
fn a_folder_is_read_in_natural_order() {
    let desk = Desk::new();
    desk.write("day/page10.txt", small_page("第十页上的大新闻"))
        .write(
            "day/page2.md",
            format!("# {}", small_page("第二页上的新闻")),
        )
        .write("day/page1.txt", small_page("第一页上的新闻"))
        .write("day/page1.png", b"\x89PNG\r\n\x1a\n")
        .write("day/notes.csv", "a,b\n")
        .write("day/.hidden", "x");
    let run = desk.run(&["ingest", "day", "-o", "i"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let articles = desk.files("i/articles");
    let begin = |name: &String| name.chars().skip(3).take(3).collect::<String>();
    assert_eq!(
        articles.iter().map(begin).collect::<Vec<_>>(),
        ["第一页", "第二页", "第十页"]
    );
    assert_eq!(
        desk.files("i/pages"),
        ["page1.txt", "page10.txt", "page2.md"]
    );
    let both = read(&desk, &["day", "day/page1.txt"]);
    assert_eq!(headlines(&both).len(), 4);
    // The edition of a folder is called after it.
    let run = desk.run(&["build", "--cast", "tone", "-q", "day"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(desk.path("output/day/edition.json").exists());
}

#[test]
fn a_folder_without_pages_says_what_was_there() {
    let desk = Desk::new();
    desk.write("day/a.zip", package(&[("page.txt", "字")]))
        .write("day/b.exe", b"MZ\x90\0")
        .write("day/c.dat", [0, 159, 0, 255, 0]);
    refused(
        &desk,
        &["ingest", "day", "--json"],
        "error: the folder holds no page that can be read\n  --> day\n  \
         help: it holds `a.zip` (a ZIP archive), `b.exe` (a program for Windows), \
         `c.dat` (a binary file)",
    );
    std::fs::create_dir(desk.path("empty")).unwrap();
    refused(
        &desk,
        &["build", "empty"],
        "error: the folder holds no page that can be read\n  --> empty\n  \
         help: it holds no file at all; put the pages of one issue into it",
    );
}

#[test]
fn an_issue_folder_is_no_folder_of_pages() {
    let desk = Desk::new();
    desk.issue("i", "headline = \"题目\"", "正文。")
        .write("p.txt", small_page("第一页上的新闻"));
    refused(
        &desk,
        &["ingest", "i", "--json"],
        "error: an issue folder was given in place of pages\n  --> i\n  \
         help: it is read already: run `tingbao build i`",
    );
    refused(
        &desk,
        &["build", "i", "p.txt"],
        "error: an issue folder was given together with others\n  --> i\n  \
         help: give one issue folder, or the pages of one issue",
    );
}

#[test]
fn standard_input_is_read_once() {
    let desk = Desk::new();
    let page = small_page("标准输入里的新闻");
    let run = piped(&desk, &["ingest", "-", "--json"], page.as_bytes());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(headlines(&json), ["标准输入里的新闻"]);
    let run = piped(&desk, &["ingest", "-", "-o", "i"], HOCR.as_bytes());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(desk.files("i/pages"), ["stdin", "stdin.txt"]);
    refused(
        &desk,
        &["ingest", "-", "-", "--json"],
        "error: standard input can be read once only\n  \
         help: give `-` once, and other pages as files",
    );
}

#[test]
fn files_of_other_kinds_are_named() {
    let desk = Desk::new();
    let read = "tingbao reads plain text, Markdown, HTML, hOCR, ALTO, EPUB, DOCX, PDF, and page \
                images (PNG, JPEG, TIFF, WebP, BMP, GIF, PNM)";
    desk.write("good.txt", small_page("第一页上的新闻"));
    for (name, bytes, what, help) in [
        (
            "a.txt",
            b"MZ\x90\0\x03".to_vec(),
            "a program for Windows",
            read,
        ),
        (
            "a.zip",
            package(&[("x", "y")]),
            "a ZIP archive",
            "unpack it and give the pages in it",
        ),
        (
            "a.doc",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(),
            "an old Office document (.doc, .xls, .ppt)",
            "open it in a word processor and save it as DOCX or as plain text",
        ),
        (
            "a.xml",
            b"<?xml version='1.0'?><rss/>".to_vec(),
            "an XML file that is neither ALTO nor hOCR",
            "export hOCR, ALTO or plain text from the program that made it",
        ),
    ] {
        desk.write(name, bytes);
        // One of several pages stops the run and is named.
        refused(
            &desk,
            &["ingest", "good.txt", name, "--json"],
            &format!("error: this is no page but {what}\n  --> {name}\n  help: {help}"),
        );
    }
}

#[test]
fn damaged_packages_and_pages_are_named() {
    let desk = Desk::new();
    desk.write("a.xml", "<alto><Layout>社区</alto>")
        .write(
            "a.docx",
            package(&[("word/document.xml", "<w:p xmlns:w='w'>")]),
        )
        .write("a.html", "<p>社区</p><script>x</script>")
        .write(
            "empty.html",
            "<html><body><div class='ocr_page'>空白的一页</div></body></html>",
        );
    for (file, stderr) in [
        (
            "a.xml",
            "error: the ALTO file is not sound XML: expected 'Layout' tag, not 'alto' at 1:17\n  \
             --> a.xml:1:17\n  help: export it again from the program that made it",
        ),
        (
            "a.docx",
            "error: the document is not sound XML: the root node was opened but never closed\n  \
             --> a.docx:1:1\n  help: export it again from the program that made it",
        ),
        (
            "a.html",
            "error: the page holds no article: only links, or no text at all\n  --> a.html\n  \
             help: save the page of one article, or copy its text into a text file",
        ),
        (
            "empty.html",
            "error: no text was found in the hOCR\n  --> empty.html\n  \
             help: look whether it shows a page, upright and sharp",
        ),
    ] {
        refused(&desk, &["ingest", file, "--json"], stderr);
    }
}
