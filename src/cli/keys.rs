//! The keys of a player, read from the terminal as they are pressed.

use std::io::{IsTerminal, stdin};
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, poll, read};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use crate::diag::{Fault, Result};
use crate::listen::Key;

/// What a listener asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Something of the player.
    Key(Key),
    /// What the keys are.
    Help,
    /// To stop.
    Stop,
}

/// The terminal in raw mode; as it was again when dropped. Without a terminal
/// there are no keys.
pub struct Keys {
    raw: bool,
}

fn fault(e: std::io::Error) -> Fault {
    Fault::new(format!("cannot read keys from the terminal: {e}"))
}

impl Keys {
    /// Begins to read keys.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub fn open() -> Result<Keys> {
        let raw = stdin().is_terminal();
        if raw {
            enable_raw_mode().map_err(fault)?;
        }
        Ok(Keys { raw })
    }

    /// Whether somebody can press keys.
    pub fn are_there(&self) -> bool {
        self.raw
    }

    /// What is asked for within `time`.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn wait(&self, time: Duration) -> Result<Option<Ask>> {
        if !self.raw {
            std::thread::sleep(time);
            return Ok(None);
        }
        if !poll(time).map_err(fault)? {
            return Ok(None);
        }
        match read().map_err(fault)? {
            Event::Key(key) if key.kind != KeyEventKind::Release => Ok(ask(key)),
            _ => Ok(None),
        }
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        if self.raw {
            // There is nobody left to tell.
            let _ = disable_raw_mode();
        }
    }
}

fn ask(key: KeyEvent) -> Option<Ask> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    Some(match key.code {
        KeyCode::Char('c' | 'd') if control => Ask::Stop,
        KeyCode::Char('q') | KeyCode::Esc => Ask::Stop,
        KeyCode::Char('?' | 'h') => Ask::Help,
        KeyCode::Char(' ') => Ask::Key(Key::Pause),
        KeyCode::Left => Ask::Key(Key::Back),
        KeyCode::Right => Ask::Key(Key::Forward),
        KeyCode::Char('n') | KeyCode::PageDown | KeyCode::Down => Ask::Key(Key::Next),
        KeyCode::Char('p') | KeyCode::PageUp | KeyCode::Up => Ask::Key(Key::Previous),
        KeyCode::Char('r') => Ask::Key(Key::Repeat),
        KeyCode::Char('-' | '_') => Ask::Key(Key::Slower),
        KeyCode::Char('+' | '=') => Ask::Key(Key::Faster),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_that_is_told_of_does_something() {
        let told = [
            (KeyCode::Char(' '), Ask::Key(Key::Pause)),
            (KeyCode::Left, Ask::Key(Key::Back)),
            (KeyCode::Right, Ask::Key(Key::Forward)),
            (KeyCode::Char('n'), Ask::Key(Key::Next)),
            (KeyCode::Char('p'), Ask::Key(Key::Previous)),
            (KeyCode::Char('r'), Ask::Key(Key::Repeat)),
            (KeyCode::Char('-'), Ask::Key(Key::Slower)),
            (KeyCode::Char('+'), Ask::Key(Key::Faster)),
            (KeyCode::Char('q'), Ask::Stop),
        ];
        for (code, wanted) in told {
            assert_eq!(ask(KeyEvent::from(code)), Some(wanted), "{code:?}");
        }
        let control_c = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(ask(control_c), Some(Ask::Stop));
        assert_eq!(ask(KeyEvent::from(KeyCode::Char('x'))), None);
    }
}
