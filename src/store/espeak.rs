//! Where the system keeps the data of eSpeak NG.

use std::path::PathBuf;

/// What the folder is called wherever it lies.
pub const ESPEAK_DATA: &str = "espeak-ng-data";

/// The folder of eSpeak NG's data: the one `ESPEAK_DATA_PATH` names (the folder
/// itself or the one around it, as eSpeak NG takes both), or the only one below
/// `/usr` where packages put it. `None` where there are several: which of them an
/// installed library was made for cannot be told.
pub fn espeak_data() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("ESPEAK_DATA_PATH").filter(|p| !p.is_empty()) {
        let named = PathBuf::from(named);
        let inside = named.join(ESPEAK_DATA);
        return Some(if inside.is_dir() { inside } else { named });
    }
    let libraries = std::fs::read_dir("/usr/lib").into_iter().flatten();
    let mut places: Vec<PathBuf> = libraries.flatten().map(|e| e.path()).collect();
    places.extend(
        [
            "/usr/lib",
            "/usr/share",
            "/usr/local/lib",
            "/usr/local/share",
        ]
        .map(Into::into),
    );
    let mut found = (places.into_iter())
        .map(|place| place.join(ESPEAK_DATA))
        .filter(|folder| folder.is_dir());
    let only = found.next()?;
    found.next().is_none().then_some(only)
}
