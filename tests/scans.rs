//! Page images and scanned PDFs, recognised by the programs that
//! `tools/setup.sh test` installs. The pages are drawn here, with `ffmpeg`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use std::process::Command;

use common::{Desk, Run};
use serde_json::Value;

const HEADLINE: &str = "老人们有了新去处";
const LEFT: [&str; 8] = [
    "    昨天上午，荷湾社区食堂正式开张，",
    "首日接待居民三百二十人，队伍一直排到",
    "门外。食堂共有二十六种菜品，六十岁以",
    "上的老人享受八折优惠。",
    "    “饭菜软烂，价钱也合适。”住在三号",
    "楼的周阿姨说，她打算每天中午都来这里",
    "吃饭，再也不用自己买菜做饭了。食堂负",
    "责人介绍，菜单每周更换一次，由营养师",
];
const RIGHT: [&str; 8] = [
    "审定，少油少盐，适合老年人的口味。",
    "    食堂位于荷湾路88号，每天10点30分",
    "开门，18点30分关门。行动不便的居民可",
    "以打电话订餐，由志愿者送到家里，不另",
    "外收费。",
    "    社区工作人员表示，下一步还要在食",
    "堂旁边开设一间阅览室，让老人们饭后有",
    "一个看书聊天的地方，明年春天开放。",
];

/// Draws the page: a headline over two columns.
fn draw(desk: &Desk, picture: &str) {
    desk.write("h", HEADLINE)
        .write("l", LEFT.join("\n"))
        .write("r", RIGHT.join("\n"));
    let font = "drawtext=font='WenQuanYi Zen Hei'";
    let filter = format!(
        "{font}:textfile=h:fontsize=60:x=660:y=100,{font}:textfile=l:fontsize=40:line_spacing=16:\
         x=100:y=290,{font}:textfile=r:fontsize=40:line_spacing=16:x=960:y=290"
    );
    let status = Command::new("ffmpeg")
        .args(["-v", "error", "-f", "lavfi", "-i", "color=white:s=1800x850"])
        .args(["-frames:v", "1", "-q:v", "2", "-vf", &filter, picture])
        .current_dir(desk.path(""))
        .status()
        .expect("ffmpeg is installed by tools/setup.sh test");
    assert!(status.success());
}

/// A PDF whose pages all show this JPEG file, as a scanner writes it (ISO
/// 32000-1, section 8.9.5.4): without a text.
fn scanned(jpeg: &[u8], pages: usize) -> Vec<u8> {
    let mut pdf = b"%PDF-1.4\n".to_vec();
    let kids: Vec<String> = (0..pages).map(|i| format!("{} 0 R", i + 5)).collect();
    let draw = "432 0 0 204 0 0 cm /I Do";
    let mut objects =
        vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {pages} >>", kids.join(" ")).into_bytes(),
        [
            format!(
                "<< /Type /XObject /Subtype /Image /Width 1800 /Height 850 /ColorSpace /DeviceRGB \
                 /BitsPerComponent 8 /Filter /DCTDecode /Length {} >>\nstream\n",
                jpeg.len()
            )
            .as_bytes(),
            jpeg,
            b"\nendstream",
        ]
        .concat(),
        format!("<< /Length {} >>\nstream\n{draw}\nendstream", draw.len()).into_bytes(),
    ];
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 432 204] /Contents 4 0 R \
                /Resources << /XObject << /I 3 0 R >> >> >>";
    objects.extend((0..pages).map(|_| page.as_bytes().to_vec()));
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(format!("{:010} 00000 n \n", pdf.len()));
        pdf.extend(format!("{} 0 obj\n", i + 1).into_bytes());
        pdf.extend(object);
        pdf.extend(b"\nendobj\n");
    }
    let table = pdf.len();
    let count = objects.len() + 1;
    pdf.extend(format!("xref\n0 {count}\n0000000000 65535 f \n{}", places.concat()).into_bytes());
    let trailer = format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    pdf.extend(trailer.into_bytes());
    pdf
}

fn read(desk: &Desk, page: &str) -> Value {
    let run = desk.run(&["ingest", page, "--json"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

/// The share of the printed characters that were read, in their order: one less
/// the Levenshtein distance over the length.
fn share(article: &Value) -> f64 {
    let letters = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    let blocks = article["blocks"].as_array().unwrap();
    let read: String = blocks
        .iter()
        .map(|b| letters(b["text"].as_str().unwrap()))
        .collect();
    let printed = letters(&(LEFT.concat() + &RIGHT.concat()));
    1.0 - strsim::levenshtein(&printed, &read) as f64 / printed.chars().count() as f64
}

#[test]
fn a_page_image_is_recognised() {
    let desk = Desk::new();
    draw(&desk, "page.png");
    let read = read(&desk, "page.png");
    let articles = read["articles"].as_array().unwrap();
    assert_eq!(articles.len(), 1, "{articles:?}");
    assert_eq!(articles[0]["headline"], HEADLINE);
    let share = share(&articles[0]);
    assert!(share >= 0.9, "{share}: {articles:?}");
    // The columns are read one after the other, and the paragraph that goes on
    // in the second is one.
    assert_eq!(articles[0]["blocks"].as_array().unwrap().len(), 4);
}

#[test]
fn the_pages_of_a_scanned_pdf_are_recognised() {
    let desk = Desk::new();
    draw(&desk, "page.jpg");
    let jpeg = std::fs::read(desk.path("page.jpg")).unwrap();
    desk.write("issue.pdf", scanned(&jpeg, 2));
    let run = desk.run(&["ingest", "issue.pdf", "-o", "i"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(
        desk.files("i/pages"),
        ["issue.pdf", "issue.pdf.1.txt", "issue.pdf.2.txt"]
    );
    let read = read(&desk, "issue.pdf");
    let articles = read["articles"].as_array().unwrap();
    assert_eq!(articles.len(), 2, "{articles:?}");
    for article in articles {
        assert_eq!(article["headline"], HEADLINE);
        assert!(share(article) >= 0.9, "{article:?}");
    }
}

/// Runs with programs found in `path` only.
fn with_path(desk: &Desk, path: &str, page: &str) -> Run {
    let mut command = desk.command(&["ingest", page, "--json"]);
    Run::from(command.env("PATH", desk.path(path)).output().unwrap())
}

#[test]
fn a_program_that_is_missing_is_named_with_its_package() {
    let desk = Desk::new();
    desk.write("a.png", b"\x89PNG\r\n\x1a\n")
        .write("a.pdf", "%PDF-1.7\n");
    for (page, does, program, packages) in [
        (
            "a.png",
            "page images are recognised",
            "tesseract",
            "tesseract-ocr tesseract-ocr-chi-sim",
        ),
        (
            "a.pdf",
            "PDF files are looked into",
            "pdfinfo",
            "poppler-utils",
        ),
    ] {
        let run = with_path(&desk, "nothing", page);
        assert_eq!(
            run.stderr,
            format!(
                "error: {does} by the program `{program}`, which is not installed\n  --> {page}\n  \
                 help: install it (Debian: apt install {packages})\n"
            )
        );
        assert_eq!(run.code, Some(2));
    }
}

#[test]
fn a_missing_model_of_chinese_is_named_with_its_package() {
    let desk = Desk::new();
    draw(&desk, "a.png");
    std::fs::create_dir(desk.path("models")).unwrap();
    let mut command = desk.command(&["ingest", "a.png", "--json"]);
    let run = Run::from(
        command
            .env("TESSDATA_PREFIX", desk.path("models"))
            .output()
            .unwrap(),
    );
    assert_eq!(
        run.stderr,
        "error: Tesseract's model of Chinese is not installed\n  --> a.png\n  \
         help: install it (Debian: apt install tesseract-ocr-chi-sim)\n"
    );
}

#[test]
fn damaged_pictures_are_named() {
    let desk = Desk::new();
    desk.write("a.png", b"\x89PNG\r\n\x1a\nnothing more")
        .write("a.pdf", "%PDF-1.7\nnothing more");
    for page in ["a.png", "a.pdf"] {
        let run = desk.run(&["ingest", page, "--json"]);
        assert_eq!(run.code, Some(2));
        let end = format!(
            "\n  --> {page}\n  help: look whether the file is whole and opens in a viewer\n"
        );
        assert!(run.stderr.ends_with(&end), "{}", run.stderr);
    }
}
