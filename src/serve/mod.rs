//! A small web server for a folder of editions: their list, the player, files, the
//! podcast's feed.
//!
//! What it gives out is what the indexes name, nothing else, so that no path can lead
//! out of the folder. An edition is addressed by a version (`/slug/@1a2b…/…`) and its
//! files stay open while somebody may listen: an edition that is replaced goes on for
//! whoever began with the one before.

mod library;
mod list;
mod reply;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path as Route, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};

use crate::diag::{Fault, Result};
use crate::export::encoded;
use library::{Held, Library};
use reply::Freshness;

/// So long a download may go on when the server is told to stop.
const PATIENCE: Duration = Duration::from_secs(3);
/// Texts shorter than this are sent as they are.
const SHORT: u64 = 1024;

/// What is served, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The folder of editions.
    pub root: PathBuf,
    /// Where it listens.
    pub address: SocketAddr,
}

/// Serves until the program is told to stop. `ready` is told the address once people
/// can come.
///
/// # Errors
/// A folder that is not there, an address that cannot be had.
pub fn serve(options: &Options, ready: impl FnOnce(SocketAddr)) -> Result<()> {
    let library = Arc::new(Library::open(&options.root)?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Fault::new(format!("cannot begin to serve: {e}")))?;
    let end = runtime.block_on(run(library, options.address, ready));
    // What is still being read from the disk is not waited for.
    runtime.shutdown_background();
    end
}

async fn run(
    library: Arc<Library>,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> Result<()> {
    let cannot = |e: std::io::Error| {
        Fault::new(format!("cannot listen at {address}: {e}"))
            .help("choose another address with --address, such as 127.0.0.1:8081")
    };
    let listener = TcpListener::bind(address).await.map_err(cannot)?;
    ready(listener.local_addr().map_err(cannot)?);
    let (told, stop) = tokio::sync::oneshot::channel::<()>();
    let served = axum::serve(listener, app(library)).with_graceful_shutdown(async move {
        until_stopped().await;
        // Nobody waits any more: the server ended by itself.
        let _ = told.send(());
    });
    let late = async {
        if stop.await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(PATIENCE).await;
    };
    tokio::select! {
        ended = served => ended.map_err(cannot),
        () = late => Ok(()),
    }
}

/// Ctrl-C, and what service managers send.
async fn until_stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without a signal to wait for, the server runs until it is killed.
    if interrupt.await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn app(library: Arc<Library>) -> Router {
    let texts = SizeAbove::new(SHORT).and(Texts);
    Router::new()
        .route("/", get(all))
        .route("/{slug}", get(to_folder))
        .route("/{slug}/", get(newest))
        .route("/{slug}/{*path}", get(file))
        .fallback(|| async { reply::missing() })
        .layer(CompressionLayer::new().compress_when(texts))
        .with_state(library)
}

/// Only whole texts are compressed: sound cannot be, and a part of a file must keep
/// its length.
#[derive(Debug, Clone, Copy)]
struct Texts;

impl Predicate for Texts {
    fn should_compress<B>(&self, response: &axum::http::Response<B>) -> bool
    where
        B: axum::body::HttpBody,
    {
        let kind = response.headers().get("content-type");
        let kind = kind.and_then(|k| k.to_str().ok()).unwrap_or_default();
        // What is read from the disk while it is sent goes as it is.
        let at_hand = response.body().size_hint().exact().is_some();
        response.status() == StatusCode::OK
            && at_hand
            && (kind.starts_with("text/") || kind.contains("xml") || kind.contains("json"))
    }
}

type Shared = State<Arc<Library>>;

/// The list of editions.
async fn all(State(library): Shared, headers: HeaderMap) -> Response {
    match blocking(move || library.editions()).await {
        Some(Ok(editions)) => {
            let language = headers.get("accept-language");
            let chinese = language.is_none_or(|l| l.to_str().is_ok_and(list::prefers_chinese));
            reply::page(StatusCode::OK, list::list(&editions, chinese))
        }
        _ => reply::broken(),
    }
}

/// `/slug`: a file of the folder itself, or an edition.
async fn to_folder(
    State(library): Shared,
    Route(slug): Route<String>,
    headers: HeaderMap,
) -> Response {
    let at = Arc::clone(&library);
    let name = slug.clone();
    if let Some(file) = blocking(move || at.shared(&name)).await.flatten() {
        return reply::file(file, &slug, Freshness::Changing, &headers);
    }
    // Only to what is there, and not for good: a browser remembers that for ever.
    match blocking(move || library.newest(&slug)).await.flatten() {
        Some(held) => Redirect::temporary(&format!("/{}/", encoded(&held.slug))).into_response(),
        None => reply::missing(),
    }
}

/// `/slug/`: the player of the newest version.
async fn newest(State(library): Shared, Route(slug): Route<String>) -> Response {
    match blocking(move || library.newest(&slug)).await.flatten() {
        Some(held) => to_player(&held),
        None => reply::missing(),
    }
}

fn to_player(held: &Held) -> Response {
    let to = format!(
        "/{}/@{}/{}",
        encoded(&held.slug),
        held.version,
        held.entrance()
    );
    ([("cache-control", "no-cache")], Redirect::temporary(&to)).into_response()
}

/// A file of an edition, of a version or of the newest.
async fn file(
    State(library): Shared,
    Route((slug, path)): Route<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let found = blocking(move || {
        let (held, path, freshness) = match path.strip_prefix('@').and_then(|p| p.split_once('/')) {
            Some((version, path)) => match library.version(&slug, version) {
                Some(held) => (held, path.to_string(), Freshness::Forever),
                // The version is gone, and nobody listened to it: the newest then.
                None => return library.newest(&slug).map(|held| to_player(&held)).ok_or(()),
            },
            None => (library.newest(&slug).ok_or(())?, path, Freshness::Changing),
        };
        let file = held.open(&path).ok_or(())?;
        Ok(reply::file(file, &path, freshness, &headers))
    });
    match found.await {
        Some(Ok(response)) => response,
        Some(Err(())) => reply::missing(),
        None => reply::broken(),
    }
}

/// Work with the disk, away from the threads that talk to people; `None` when it
/// panicked.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}
