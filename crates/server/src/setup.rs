//! The first setup in the browser: what `whosaw serve` does in a folder that is empty.
//!
//! Rule: it is offered on a loopback address alone, to whoever has the link that is printed here; each start prints another. What was
//! typed before it is finished lies in `setup.json`, without a password, and is gone with the making of the company.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use api::setup::{Founded, Founder, MadeAccount, SetupDraft};
use serde_json::json;
use store::company::{Bootstrap, FirstAccount};
use tokio::sync::Notify;
use zeroize::Zeroizing;

use crate::clock::{SystemClock, random};
use crate::config::Config;
use crate::init::{first_password, lay_out, make};
use crate::say::{Say, told};

const DRAFT: &str = "setup.json";
/// How long the last answer may take to arrive.
const GRACE: Duration = Duration::from_secs(5);

/// Whether a folder waits for its setup: it is there, and nothing is in it but a draft.
pub fn is_wanted(data: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(data) else { return false };
    entries.into_iter().all(|entry| entry.is_ok_and(|e| e.file_name() == DRAFT))
}

struct Folder {
    data: PathBuf,
    database: Option<String>,
    finished: Notify,
}

impl Folder {
    fn draft_path(&self) -> PathBuf {
        self.data.join(DRAFT)
    }

    async fn make(&self, mut plan: Bootstrap) -> anyhow::Result<Founded> {
        let mut accounts = vec![];
        let people: [(&mut FirstAccount, &'static str); 3] = [
            (&mut plan.system_admin, "system_admin"),
            (&mut plan.security_admin, "security_admin"),
            (&mut plan.audit_admin, "audit_admin"),
        ];
        for (account, duty) in people {
            account.password = Zeroizing::new(first_password()?);
            accounts.push(MadeAccount {
                login: account.login.clone(),
                name: account.name.clone(),
                duty,
                password: account.password.clone(),
            });
        }
        let config = lay_out(&self.data, None, self.database.as_deref(), plan.at)?;
        let log_key = make(&self.data, &config, plan).await?;
        Ok(Founded { accounts, log_key })
    }

    /// Takes away what was made of a company that could not be.
    fn clear(&self) {
        for entry in std::fs::read_dir(&self.data).into_iter().flatten().flatten() {
            let path = entry.path();
            let gone = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
            if let Err(error) = gone {
                tracing::error!(%error, "what was made by half could not be taken away");
            }
        }
    }
}

#[async_trait::async_trait]
impl Founder for Folder {
    fn draft(&self) -> SetupDraft {
        let text = std::fs::read(self.draft_path()).ok();
        text.and_then(|t| serde_json::from_slice(&t).ok()).unwrap_or_default()
    }

    fn keep(&self, draft: &SetupDraft) -> std::io::Result<()> {
        use std::io::Write as _;
        use std::os::unix::fs::OpenOptionsExt as _;
        let text = serde_json::to_vec_pretty(draft)?;
        let mut options = std::fs::OpenOptions::new();
        let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(self.draft_path())?;
        file.write_all(&text)
    }

    async fn found(&self, plan: Bootstrap) -> Result<Founded, ()> {
        let draft = self.draft();
        let made = match std::fs::remove_file(self.draft_path()) {
            Ok(()) => self.make(plan).await,
            Err(error) => Err(error.into()),
        };
        match made {
            Ok(founded) => {
                self.finished.notify_one();
                Ok(founded)
            }
            Err(error) => {
                tracing::error!("the company could not be made: {error:#}");
                self.clear();
                if let Err(error) = self.keep(&draft) {
                    tracing::error!(%error, "the draft of the setup was lost");
                }
                Err(())
            }
        }
    }
}

/// Leads through the setup; gives whether there is a company now, or the server is to end.
pub async fn lead(data: &Path, database: Option<String>, listener: &TcpListener, say: Say) -> anyhow::Result<bool> {
    let address = listener.local_addr()?;
    if !address.ip().is_loopback() {
        return Err(told(
            format!(
                "首次设置只在本机地址提供，不能在 {address} 上进行。请监听 127.0.0.1（可用 SSH 隧道访问），或使用 whosaw init。"
            ),
            format!(
                "the first setup is offered on a loopback address only, not on {address}: listen on 127.0.0.1 and reach it \
                 through an SSH tunnel, or use `whosaw init`"
            ),
        ));
    }
    crate::instance::own_folder(data)?;
    let token = format!("{:032x}{:032x}", u128::from_be_bytes(random()?), u128::from_be_bytes(random()?));
    let folder = Arc::new(Folder { data: data.to_owned(), database, finished: Notify::new() });
    let router = api::setup::router(&token, Arc::new(SystemClock), folder.clone());
    let handle = axum_server::Handle::new();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum_server::from_tcp(listener.try_clone()?)?.handle(handle.clone()).serve(service);
    let server = tokio::spawn(server);
    // Behind `#`, so that it is in no log of a proxy and no address that a browser sends on.
    let link = format!("http://{address}/setup#{token}");
    say.answer(
        &format!(
            "{} 是空的。请在浏览器中打开以下一次性链接，完成首次设置：\n\n  {link}\n\n\
             设置完成或本进程结束后，链接失效。也可以改用命令：whosaw init --data {}",
            data.display(),
            data.display()
        ),
        &format!(
            "{} is empty. Open this link, which is good once, to set up:\n\n  {link}\n\n\
             It dies when the setup is done or this process ends. The command `whosaw init --data {}` does without it.",
            data.display(),
            data.display()
        ),
        &json!({ "setup": link, "listen": address }),
    );
    let made = tokio::select! {
        () = folder.finished.notified() => true,
        ended = crate::serve::end_wanted() => {
            ended?;
            false
        }
    };
    handle.graceful_shutdown(Some(GRACE));
    server.await?.context("the setup was not served")?;
    if made {
        Config::load(data)?;
    }
    Ok(made)
}
