//! Samples from Linux's Speech Dispatcher: one private service a worker, started
//! at its first word, used again, ended with the engine.
//!
//! [`helper`] is the process that keeps a service, [`teller`] this process's end
//! of it, [`dispatcher`] the service, [`capture`] the file it plays into.

mod capture;
mod dispatcher;
mod espeak;
mod generic;
mod helper;
mod teller;
mod wire;

pub use dispatcher::missing;
pub use helper::serve;

use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::{Say, Setup};
use crate::diag::{Fault, Result};
use crate::model::Pcm;
use crate::speech::SayError;
use dispatcher::PROGRAM;
use teller::{Teller, Trouble};

/// How often a chunk is given to a fresh service before the engine gives up.
const ATTEMPTS: usize = 2;

/// The services of this process that no worker uses now.
#[derive(Default)]
pub struct Desk {
    idle: Mutex<Vec<Teller>>,
    version: OnceLock<Result<String>>,
}

impl Desk {
    /// The service and its version, as it names itself.
    ///
    /// # Errors
    /// When it is not installed.
    pub fn version(&self, setup: &Setup) -> Result<String> {
        let ask = || {
            let output = Command::new(PROGRAM).arg("--version").output();
            let output = output.map_err(|e| dispatcher::not_started(setup, &e))?;
            let text = String::from_utf8_lossy(&output.stdout);
            Ok(text.lines().next().unwrap_or(PROGRAM).trim().to_string())
        };
        self.version.get_or_init(ask).clone()
    }

    /// Has something said. A service that dies or hangs is started
    /// anew and asked again.
    ///
    /// # Errors
    /// A fault when the service cannot be started, refuses, or dies again.
    pub fn say(&self, setup: &Setup, say: &Say) -> Result<Pcm, SayError> {
        let mut last = None;
        for _ in 0..ATTEMPTS {
            let mut teller = self.take(setup)?;
            match teller.say(say) {
                Ok(pcm) => {
                    self.lock().push(teller);
                    return Ok(pcm);
                }
                Err(Trouble::Refused(fault)) => {
                    self.lock().push(teller);
                    return Err(fault.into());
                }
                Err(Trouble::Gone(fault)) => {
                    log::warn!(
                        "the platform's speech service is started anew: {}",
                        fault.message
                    );
                    last = Some(fault);
                }
            }
        }
        let why = last.map_or_else(String::new, |f: Fault| f.message);
        let fault = Fault::new(format!("`{}` was tried {ATTEMPTS} times; {why}", say.text));
        Err(fault.help(setup.install.clone()).into())
    }

    /// A service of that module: an idle one, or a new one.
    fn take(&self, setup: &Setup) -> Result<Teller> {
        let mut idle = self.lock();
        let at = idle.iter().position(|t| t.setup == *setup);
        let found = at.map(|at| idle.swap_remove(at));
        // Others need not wait while a new one starts.
        drop(idle);
        match found {
            Some(teller) => Ok(teller),
            None => Teller::start(setup),
        }
    }

    /// A worker that panicked while it held the list spoils nothing in it.
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Teller>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
