//! What a line says by itself.

/// The words of a line in one language, `(prompt, text)`.
pub struct Words(&'static [(&'static str, &'static str)]);

/// Prompts in Mandarin: short sentences, the wish before its key.
const MANDARIN: Words = Words(&[
    ("main", "听全部，请按1。选文章，请按2。说明，请按0。"),
    ("choose", "听哪一篇，请按它的篇号。回主菜单，请按星号键。"),
    (
        "choose-more",
        "听哪一篇，请按它的篇号。听后面的题目，请按井号键。回主菜单，请按星号键。",
    ),
    (
        "help",
        "在目录里，按篇号就能听那一篇；两位数的篇号，连着按。听文章的时候，按0，\
         有按键说明。电话挂断以后，一天之内再打来，可以接着听，所以会记下您的来电号码，\
         满一天就作废。不想记，请按3。回主菜单，请按1。再听一遍说明，请按2。",
    ),
    (
        "help-choose",
        "报题目的时候，随时可以按篇号。一位数的篇号，按完等一等，或者再按井号键。",
    ),
    (
        "reading-help",
        "后退十五秒，按4。暂停或者继续，按5。前进十五秒，按6。读慢一点，按7。\
         读快一点，按9。这一句再听一遍，按2。上一篇，按1。下一篇，按8。回去，按星号键。",
    ),
    ("reading-wrong", "这个键没有用处。按键说明，请按0。"),
    ("slowest", "已经最慢了。"),
    ("fastest", "已经最快了。"),
    (
        "after",
        "听下一篇，请按8。再听一遍，请按2。回目录，请按星号键。",
    ),
    ("after-last", "再听一遍，请按2。回目录，请按星号键。"),
    ("last", "这是最后一篇。"),
    ("resume", "上次您听到："),
    (
        "resume-choices",
        "接着听，请按1。从头开始，请按2。以后不要记住，请按3。",
    ),
    ("forgotten", "好的，以后不再记住您听到哪里。"),
    ("wrong", "没有这个选择，请再按一次。"),
    ("silent", "没有听到按键。"),
    (
        "quiet",
        "好一会儿没有听到按键，先挂断了。欢迎再打来，再见。",
    ),
    ("lost", "对不起，这一段放不出来。"),
    ("greeting", "欢迎收听有声报。"),
    ("finished", "本期播送完毕，感谢收听。"),
    ("empty", "本期没有可以朗读的文章。再见。"),
]);

/// The same in English.
const ENGLISH: Words = Words(&[
    (
        "main",
        "To hear everything, press 1. To choose an article, press 2. For help, press 0.",
    ),
    (
        "choose",
        "To hear an article, press its number. For the main menu, press star.",
    ),
    (
        "choose-more",
        "To hear an article, press its number. For more headlines, press hash. \
         For the main menu, press star.",
    ),
    (
        "help",
        "In the list, press the number of an article to hear it. While an article is read, \
         press 0 for help. If you call again within a day, you can go on where you left; \
         your number is kept for that, and dropped after a day. \
         If you do not want that, press 3. For the main menu, press 1. \
         To hear this again, press 2.",
    ),
    (
        "help-choose",
        "Press the number of an article at any time. After a single figure wait, or press hash.",
    ),
    (
        "reading-help",
        "Back 15 seconds, press 4. Pause or go on, press 5. Forward 15 seconds, press 6. \
         Slower, press 7. Faster, press 9. The sentence again, press 2. \
         The article before, press 1. The next article, press 8. Back to the list, press star.",
    ),
    ("reading-wrong", "This key does nothing. For help, press 0."),
    ("slowest", "This is the slowest."),
    ("fastest", "This is the fastest."),
    (
        "after",
        "For the next article, press 8. To hear this one again, press 2. For the list, press star.",
    ),
    (
        "after-last",
        "To hear this one again, press 2. For the list, press star.",
    ),
    ("last", "This is the last article."),
    ("resume", "Last time you were listening to:"),
    (
        "resume-choices",
        "To go on, press 1. To begin anew, press 2. Not to be remembered again, press 3.",
    ),
    ("forgotten", "Your place will not be remembered any more."),
    ("wrong", "There is no such choice. Please try again."),
    ("silent", "No key was heard."),
    (
        "quiet",
        "No key was heard for a while, so the call ends here. Please call again. Goodbye.",
    ),
    ("lost", "Sorry, this part cannot be played."),
    ("greeting", "Welcome to the talking newspaper."),
    (
        "finished",
        "This is the end of the issue. Thank you for listening.",
    ),
    ("empty", "There is nothing to read in this issue. Goodbye."),
]);

impl Words {
    /// The words of a line, by whether it speaks Mandarin.
    pub fn of(mandarin: bool) -> &'static Words {
        match mandarin {
            true => &MANDARIN,
            false => &ENGLISH,
        }
    }

    /// What a prompt says; nothing where there is no such prompt.
    pub fn text(&self, prompt: &str) -> &'static str {
        let found = self.0.iter().find(|(id, _)| *id == prompt);
        found.map_or("", |(_, text)| text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_prompts() {
        let names = |words: &Words| words.0.iter().map(|(id, _)| *id).collect::<Vec<_>>();
        assert_eq!(names(&MANDARIN), names(&ENGLISH));
        assert_eq!(Words::of(true).text("slowest"), "已经最慢了。");
        assert_eq!(Words::of(false).text("nothing"), "");
    }
}
