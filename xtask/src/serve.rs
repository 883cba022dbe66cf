//! Serves the page on this machine, with the headers that a good host would send.

mod site;

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime};
use std::{fs, io};

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::ACCEPT_ENCODING;
use axum::response::Response;
use clap::Args;
use tokio::runtime::{Builder, Runtime};

use self::site::{Query, Site};
use crate::bench::files;
use crate::dist;
use crate::project::Project;
use crate::setup;

#[derive(Args)]
pub(crate) struct Options {
    /// The port to serve on; if it is taken, the next free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

/// Builds, serves, and builds again whenever a file has changed, until it is interrupted.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let tools = setup::prepare(project, setup::FOR_BUILD)?;
    let mut built = snapshot(&project.root);
    dist::build(project, &tools, dist::ROOT)?;
    let server = Server::start(&project.dist(), options.port)?;
    println!("\n{}", server.address());
    println!("builds again when a file changes (then reload the page); Ctrl-C ends it\n");
    let mut seen = built.clone();
    loop {
        thread::sleep(Duration::from_secs(1));
        let now = snapshot(&project.root);
        // Two equal looks: whoever writes has finished.
        if now != built && now == seen {
            built.clone_from(&now);
            let result = dist::build(project, &tools, dist::ROOT)
                .and_then(|()| server.show(&project.dist()));
            match result {
                Ok(()) => println!("built; {}", server.address()),
                Err(error) => eprintln!("{error:#}; still serving the page as it was"),
            }
        }
        seen = now;
    }
}

/// When each file that the page is made of was last changed.
fn snapshot(root: &Path) -> Vec<(PathBuf, Option<SystemTime>)> {
    let single = ["index.html", "Trunk.toml", "Cargo.toml", "Cargo.lock"];
    let mut paths: Vec<PathBuf> = single.iter().map(|name| root.join(name)).collect();
    for folder in ["src", "crates", "static"] {
        // A folder that cannot be read now is seen when it can.
        paths.extend(files(&root.join(folder)).unwrap_or_default());
    }
    let changed = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified()).ok();
    paths.into_iter().map(|path| (path.clone(), changed(&path))).collect()
}

/// What is served now; another build replaces it.
type Shown = Arc<Mutex<Arc<Site>>>;

/// A running server. It stops when it is dropped.
pub(crate) struct Server {
    site: Shown,
    port: u16,
    _runtime: Runtime,
}

impl Server {
    /// Serves the folder on `port` or the next free one; on any free one if it is 0.
    pub(crate) fn start(dist: &Path, port: u16) -> Result<Self> {
        let (listener, port) = listen(port)?;
        let site: Shown = Arc::new(Mutex::new(Arc::new(Site::read(dist)?)));
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_io().build()?;
        let app = Router::new().fallback(answer).with_state(Arc::clone(&site));
        listener.set_nonblocking(true)?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        runtime.spawn(async move { axum::serve(listener, app).await });
        Ok(Self { site, port, _runtime: runtime })
    }

    pub(crate) fn address(&self) -> String {
        format!("http://{}:{}/", Ipv4Addr::LOCALHOST, self.port)
    }

    /// From now on serves the folder as it is now.
    fn show(&self, dist: &Path) -> Result<()> {
        let site = Arc::new(Site::read(dist)?);
        match self.site.lock() {
            Ok(mut shown) => *shown = site,
            Err(_) => bail!("the server has stopped"),
        }
        Ok(())
    }
}

fn listen(port: u16) -> Result<(TcpListener, u16)> {
    let last = if port == 0 { 0 } else { port.saturating_add(20) };
    for port in port..=last {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => {
                let port = listener.local_addr()?.port();
                return Ok((listener, port));
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(error).context(format!("cannot serve on port {port}")),
        }
    }
    bail!("the ports {port} to {last} are all taken; name another with --port")
}

async fn answer(State(shown): State<Shown>, request: Request) -> Response {
    let site = match shown.lock() {
        Ok(site) => Arc::clone(&site),
        Err(poisoned) => Arc::clone(&poisoned.into_inner()),
    };
    let encoding = request.headers().get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let answer = site.answer(&Query {
        method: request.method().as_str(),
        url: &request.uri().to_string(),
        accept_encoding: encoding.unwrap_or_default(),
    });
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(*name, value.as_ref());
    }
    let body = Body::from(answer.body.into_owned());
    // Names and values are this program's own, so that there is nothing to go wrong.
    response.body(body).unwrap_or_default()
}

#[cfg(test)]
mod tests;
