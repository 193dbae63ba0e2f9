//! A sentence said at once by the platform's own speech service, on the desk's
//! sound card; nothing is kept.

use crate::diag::{Fault, Result};

/// Says the text by the first voice of the language (BCP 47) and waits until it
/// is said.
///
/// # Errors
/// When the service is not there, does not answer within ten seconds, has no
/// voice of the language, does not begin to speak (as without a sound device) or
/// does not come to an end; when the program was built without it.
#[cfg(feature = "platform")]
pub fn say(text: &str, language: &str) -> Result<()> {
    use std::sync::mpsc;
    use std::thread;

    if text.trim().is_empty() {
        return Err(Fault::new("there is nothing to say").help("give a sentence"));
    }
    let (sender, news) = mpsc::channel();
    let (text, language) = (text.to_string(), language.to_string());
    let length = text.chars().count() as u32;
    // The service may wait for a sound card that never comes: nobody waits with
    // it. The thread is left behind and ends with the program.
    thread::spawn(move || speaking::speak(&text, &language, sender));
    speaking::follow(&news, length)
}

/// Says the text: this build cannot.
///
/// # Errors
/// Always.
#[cfg(not(feature = "platform"))]
pub fn say(_text: &str, _language: &str) -> Result<()> {
    Err(
        Fault::new("this program was built without the platform's voices")
            .help("build it with the feature `platform`"),
    )
}

#[cfg(feature = "platform")]
mod speaking {
    use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
    use std::time::Duration;

    use tts::Tts;

    use crate::diag::{Fault, Result};
    use crate::model::same_language;

    const HELP: &str = "on Debian and Ubuntu: `apt install speech-dispatcher \
                        speech-dispatcher-espeak-ng`; then connect loudspeakers";
    /// How long the service may take to answer, and to begin.
    const PATIENCE: Duration = Duration::from_secs(10);
    /// How long a character may take to be said.
    const CHARACTER: Duration = Duration::from_millis(1000);

    /// How it goes.
    pub enum News {
        /// The service took the sentence.
        Taken,
        Begun,
        Ended,
        /// It was stopped by somebody else.
        Stopped,
        Failed(Fault),
    }

    fn unreachable(e: &tts::Error) -> Fault {
        let reason = e.to_string().to_lowercase();
        Fault::new(format!(
            "the platform's speech service cannot be reached: {reason}"
        ))
        .help(HELP)
    }

    /// Speaks and tells how it goes. Nobody listens any more when it took too long.
    pub fn speak(text: &str, language: &str, to: Sender<News>) {
        if let Err(fault) = try_speak(text, language, &to) {
            let _ = to.send(News::Failed(fault));
        }
    }

    fn try_speak(text: &str, language: &str, to: &Sender<News>) -> Result<()> {
        let refuse = |e: tts::Error| unreachable(&e);
        let mut service = Tts::default().map_err(refuse)?;
        let voices = service.voices().map_err(refuse)?;
        let voice = voices.iter().find(|v| same_language(&v.language(), language)).ok_or_else(|| {
            Fault::new(format!(
                "the platform's speech service has no voice for the language `{language}`"
            ))
            .help("`tingbao voices --platform` lists the Chinese ones; install a voice, or name another --language")
        })?;
        service.set_voice(voice).map_err(refuse)?;
        let (over, wait) = channel();
        let tell = |news: fn() -> News| {
            let (to, over) = (to.clone(), over.clone());
            move |_| {
                let _ = to.send(news());
                if !matches!(news(), News::Begun) {
                    let _ = over.send(());
                }
            }
        };
        service
            .on_utterance_begin(Some(Box::new(tell(|| News::Begun))))
            .and_then(|()| service.on_utterance_end(Some(Box::new(tell(|| News::Ended)))))
            .and_then(|()| service.on_utterance_stop(Some(Box::new(tell(|| News::Stopped)))))
            .map_err(refuse)?;
        service.speak(text, true).map_err(refuse)?;
        let _ = to.send(News::Taken);
        // The service must live until it has spoken.
        let _ = wait.recv();
        Ok(())
    }

    /// Waits until it is said.
    pub fn follow(news: &Receiver<News>, characters: u32) -> Result<()> {
        let mut patience = PATIENCE;
        let mut taken = false;
        loop {
            match news.recv_timeout(patience) {
                Ok(News::Taken) => taken = true,
                Ok(News::Begun) => patience = PATIENCE + CHARACTER * characters,
                Ok(News::Ended) => return Ok(()),
                Ok(News::Stopped) => {
                    return Err(Fault::new("the sentence was stopped before its end")
                        .help("another program, such as a screen reader, spoke; try again"));
                }
                Ok(News::Failed(fault)) => return Err(fault),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    let what = match (taken, patience > PATIENCE) {
                        (_, true) => "does not come to the end of the sentence",
                        (true, false) => {
                            "took the sentence and does not speak: there may be no sound device"
                        }
                        (false, false) => "does not answer within 10 seconds",
                    };
                    return Err(
                        Fault::new(format!("the platform's speech service {what}")).help(HELP)
                    );
                }
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_end_is_waited_for_and_a_failure_told() {
            let (to, news) = channel();
            for one in [News::Taken, News::Begun, News::Ended] {
                to.send(one).unwrap();
            }
            assert_eq!(follow(&news, 3), Ok(()));
            to.send(News::Stopped).unwrap();
            let fault = follow(&news, 3).unwrap_err();
            assert_eq!(fault.message, "the sentence was stopped before its end");
            to.send(News::Taken).unwrap();
            drop(to);
            let fault = follow(&news, 3).unwrap_err();
            assert!(
                fault.message.contains("there may be no sound device"),
                "{fault}"
            );
        }
    }
}
