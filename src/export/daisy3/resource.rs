//! `book.res`, the resource file (Z39.86-2005, 10): what players call the structures that
//! can be skipped, here page numbers.

use super::XML;

const DOCTYPE: &str = "<!DOCTYPE resources PUBLIC \"-//NISO//DTD resource 2005-1//EN\" \
                       \"http://www.daisy.org/z3986/2005/resource-2005-1.dtd\">\n";

/// The resource file of a book with page numbers.
pub fn resource(chinese: bool) -> Vec<u8> {
    let (language, page) = match chinese {
        true => ("zh", "版次"),
        false => ("en", "page"),
    };
    let scope = |name: &str, id: &str, select: &str| {
        format!(
            "  <scope nsuri=\"http://www.daisy.org/z3986/2005/{name}/\">\n\
             \x20   <nodeSet id=\"{id}\" select=\"{select}\">\n\
             \x20     <resource xml:lang=\"{language}\">\n        <text>{page}</text>\n\
             \x20     </resource>\n    </nodeSet>\n  </scope>\n"
        )
    };
    format!(
        "{XML}{DOCTYPE}\
         <resources xmlns=\"http://www.daisy.org/z3986/2005/resource/\" version=\"2005-1\">\n{}{}</resources>\n",
        scope(
            "ncx",
            "ncx-pages",
            "//smilCustomTest[@bookStruct='PAGE_NUMBER']"
        ),
        scope("dtbook", "text-pages", "//pagenum")
    )
    .into_bytes()
}
