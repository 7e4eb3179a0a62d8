//! `headstart serve`.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

use crate::app::{AppState, app};
use crate::assets::Assets;
use crate::cli::Data;
use crate::clock::Clock;
use crate::store::Store;
use crate::telemetry;

/// Requests that are under way at shutdown get so long to end.
const GRACE: Duration = Duration::from_secs(10);

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Where to listen; port 0 takes a free one.
    #[arg(
        long,
        env = "HEADSTART_LISTEN",
        value_name = "ADDRESS:PORT",
        default_value = "127.0.0.1:7373"
    )]
    listen: SocketAddr,
    #[command(flatten)]
    data: Data,
    /// A folder of static files to serve at `/`; paths without an extension get its index.html.
    #[arg(long, env = "HEADSTART_SITE", value_name = "DIR")]
    site: Option<PathBuf>,
    /// What to log: error, warn, info, debug or trace; or a filter such as `info,tower_http=debug`.
    #[arg(
        long,
        env = "HEADSTART_LOG",
        value_name = "FILTER",
        default_value = "info"
    )]
    log: String,
}

pub(super) fn run(options: &Options) -> Result<()> {
    let filter = EnvFilter::try_new(&options.log)
        .with_context(|| format!("--log {}: no such filter; try `info`", options.log))?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    if let Some(site) = &options.site
        && !site.is_dir()
    {
        bail!("--site {}: there is no such folder", site.display());
    }
    let prometheus = telemetry::record().context("cannot start recording metrics")?;
    let store = Arc::new(Store::open(&options.data.data)?);
    let assets = Assets::embedded();
    if !assets.has_loader() {
        tracing::warn!(
            "this collector was built without the widget, so /headstart.js is missing; build it \
             with `cargo xtask build`"
        );
    }
    let state = AppState {
        store: Arc::clone(&store),
        clock: Clock::system(),
        assets: Arc::new(assets),
        site: options.site.clone(),
        prometheus: Some(prometheus),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    let served = runtime.block_on(serve(options.listen, state));
    // Those who still wait for the writer are answered first.
    store.close();
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}

async fn serve(address: SocketAddr, state: AppState) -> Result<()> {
    let listener = TcpListener::bind(address).await.with_context(|| {
        format!("cannot listen on {address}; end what uses it, or choose another with --listen")
    })?;
    let address = listener.local_addr().context("cannot tell the address")?;
    // For people and for programs that started this with port 0.
    println!("headstart listens on http://{address}");
    let (stop, stopping) = watch::channel(false);
    let mut stopped = stopping.clone();
    let server = axum::serve(listener, app(state))
        .with_graceful_shutdown(async move {
            // An error means that the sender is gone, and so the server is to end.
            let _ = stopped.wait_for(|stop| *stop).await;
        })
        .into_future();
    let mut server = tokio::spawn(server);
    tokio::select! {
        ended = &mut server => return flatten(ended),
        () = signal() => tracing::info!("shutting down"),
    }
    let _ = stop.send(true);
    if let Ok(ended) = tokio::time::timeout(GRACE, server).await {
        return flatten(ended);
    }
    tracing::warn!("some connections did not end in time and were cut");
    Ok(())
}

fn flatten(ended: Result<std::io::Result<()>, tokio::task::JoinError>) -> Result<()> {
    ended
        .context("the server broke off")?
        .context("the server ended")
}

/// Ends with Ctrl-C or, on Unix, SIGTERM.
async fn signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                () = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    interrupt.await;
}
