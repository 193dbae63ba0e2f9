//! Documents as word processors write them; their text is invented.

use super::super::archive::tests::package;
use super::*;

const STYLES: &str = "<w:styles xmlns:w='w'>\
    <w:style w:styleId='1'><w:name w:val='heading 1'/></w:style>\
    <w:style w:styleId='a3'><w:name w:val='小标题'/><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>\
    <w:style w:styleId='x'><w:name w:val='我的标题'/><w:basedOn w:val='1'/></w:style></w:styles>";
const NUMBERING: &str = "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='7'>\
    <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/></w:lvl>\
    <w:lvl w:ilvl='1'><w:numFmt w:val='bullet'/></w:lvl></w:abstractNum>\
    <w:num w:numId='2'><w:abstractNumId w:val='7'/></w:num></w:numbering>";

fn document(body: &str) -> Vec<u8> {
    let xml = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    package(&[
        (DOCUMENT, &xml),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
    ])
}

fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn item(level: u8, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='2'/></w:numPr></w:pPr>\
         <w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

#[test]
fn headings_items_tables_and_tracked_changes_are_read() {
    let body = [
        styled("x", "食堂开张"),
        styled("Normal", "记者 林晓"),
        "<w:p><w:r><w:t xml:space='preserve'>首日供应 </w:t></w:r><w:del><w:r><w:delText>30</w:delText>\
         </w:r></w:del><w:ins><w:r><w:t>26</w:t></w:r></w:ins><w:r><w:t> 种菜品。</w:t><w:br/>\
         <w:t>另起一行。</w:t></w:r></w:p>"
            .to_string(),
        styled("a3", "价格"),
        item(0, "面八元"),
        item(1, "加蛋"),
        item(0, "饭两元"),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>周一</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>鱼</w:t>\
         </w:r></w:p></w:tc></w:tr></w:tbl>"
            .to_string(),
        styled("1", "路灯亮了"),
        styled("Normal", "昨晚亮了。"),
    ]
    .concat();
    let read = read("a.docx", &document(&body)).unwrap();
    let Content::Articles { articles, text, .. } = read.value else {
        panic!()
    };
    assert_eq!(
        String::from_utf8(text.unwrap().bytes).unwrap(),
        "食堂开张\n\n记者 林晓\n\n首日供应 26 种菜品。\n\n另起一行。\n\n价格\n\n1. 面八元\n\n- 加蛋\n\n\
         2. 饭两元\n\n- 周一；鱼\n\n路灯亮了\n\n昨晚亮了。\n\n"
    );
    assert_eq!(articles.len(), 2);
    assert_eq!(articles[0].byline.as_ref().unwrap().text, "记者 林晓");
    assert_eq!(articles[0].blocks[2].kind, BlockKind::Subhead);
}

#[test]
fn a_document_without_headings_is_read_as_a_page() {
    let body = styled("Normal", "食堂开张") + &styled("Normal", "昨天开张了。");
    let Content::Pages(pages) = read("a.docx", &document(&body)).unwrap().value else {
        panic!()
    };
    assert_eq!(pages[0].name, "a.docx.txt");
    assert_eq!(
        String::from_utf8(pages[0].bytes.clone()).unwrap(),
        "食堂开张\n\n昨天开张了。"
    );
}

#[test]
fn an_empty_document_is_told() {
    assert_eq!(
        read("a.docx", &document("<w:p/>")).unwrap_err().to_string(),
        "error: the document holds no text\n  --> a.docx\n  \
         help: a scanned page in it can be given as an image file of its own"
    );
}

#[test]
fn footnotes_are_told_of() {
    let body = styled("Normal", "昨晚亮了。");
    let xml = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    let notes = "<w:footnotes xmlns:w='w'><w:footnote w:type='separator' w:id='0'/>\
        <w:footnote w:id='1'><w:p><w:r><w:t>注。</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let bytes = package(&[(DOCUMENT, &xml), ("word/footnotes.xml", notes)]);
    let told = read("a.docx", &bytes).unwrap().notes;
    assert_eq!(
        told[0].message,
        "the document's footnotes are not read: there are 1"
    );
    let bytes = package(&[(DOCUMENT, &xml)]);
    assert!(
        read("a.docx", &bytes)
            .unwrap()
            .notes
            .iter()
            .all(|n| !n.message.contains("footnotes"))
    );
}
