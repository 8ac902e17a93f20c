//! `GET /status`: what this is and how it does, without a script. Also at `/` where the console was not built into the
//! program.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::language::Language;
use crate::state::ApiState;

const STYLE: &str = "body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1rem;color:#1a2330;background:#fff}\
h1{font-size:1.8rem;margin:0}h1 small{font-size:1rem;font-weight:400;opacity:.7}h2{font-size:1.1rem;margin-top:2rem}\
code,pre{background:#f1f4f8;border-radius:4px;padding:.1em .3em;overflow-wrap:anywhere}pre{padding:.8rem;white-space:pre-wrap}\
a{color:#0b57d0}li{margin:.2rem 0}.demo{background:#fff3cd;color:#5c4400;border-radius:6px;padding:.6rem .9rem}\
.good::before{content:'●';color:#1a8f4c;margin-right:.4em}.bad::before{content:'●';color:#c5221f;margin-right:.4em}\
@media(prefers-color-scheme:dark){body{background:#11161d;color:#dfe6ee}code,pre{background:#1d2530}a{color:#8ab4f8}\
.demo{background:#4a3b0d;color:#ffe9a8}}";

/// Text that cannot become markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The console, or the status page of a program that was built without it.
pub async fn home(state: State<ApiState>, headers: HeaderMap) -> Response {
    match crate::console::page() {
        Some(page) => page,
        None => page(state, headers).await,
    }
}

/// The status page, in the company's language, or the one the browser likes best.
pub async fn page(State(state): State<ApiState>, headers: HeaderMap) -> Response {
    let language = Language::of_house(state.store.face().language, &headers);
    let t = |zh: &'static str, en: &'static str| language.say(zh, en);
    let publisher = state.publisher.as_ref().filter(|_| state.config.public_ledger);
    let head = match publisher {
        Some(publisher) => publisher.checkpoint().await.ok().flatten(),
        None => None,
    };
    let head = match head {
        Some(note) => format!("<pre>{}</pre>", escape(&note)),
        None => format!("<p>{}</p>", t("尚无检查点。", "No checkpoint yet.")),
    };
    let (class, health) = if state.health.is_poisoned() {
        ("bad", t("审计日志无法写入，已停止提供数据", "the access log takes no records, so no data is given out"))
    } else {
        ("good", t("运行正常，每次访问都有记录", "running; every access is recorded"))
    };
    let demo = match state.config.demo {
        true => format!(
            "<p class=\"demo\">{}</p>",
            t(
                "演示实例：公司、人员、客户与访问历史均为虚构。",
                "A demo: company, people, customers and access history are made up."
            )
        ),
        false => String::new(),
    };
    let console = match crate::console::is_built() {
        true => format!("<p><a href=\"/\">{}</a></p>", t("打开控制台", "Open the console")),
        false => format!(
            "<p>{} <code>make console</code></p>",
            t(
                "此程序编译时未包含网页控制台。先生成控制台，再重新编译：",
                "This program was built without the web console. Make the console, then build again:"
            )
        ),
    };
    let body = format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">\
<title>Whosaw 谁看过</title><style>{STYLE}</style></head><body>\
<h1>Whosaw 谁看过 <small>{version}</small></h1><p>{what}</p>{demo}<p class=\"{class}\">{health}</p>{console}\
<h2>{api}</h2><ul><li><a href=\"/api/explorer/\">{explorer}</a></li>\
<li><a href=\"/api/openapi.json\">OpenAPI 3.1</a></li></ul>\
<h2>{ledger}</h2>{head}<ul><li><a href=\"/ledger/checkpoint\">{checkpoint}</a></li>\
<li><a href=\"/ledger/log.vkey\">{vkey}</a></li></ul><p>{check} <code>whosaw-verify log {url}/ledger</code></p>\
<h2>{probes}</h2><ul><li><a href=\"/healthz\">/healthz</a></li><li><a href=\"/readyz\">/readyz</a></li></ul>\
</body></html>",
        lang = t("zh-CN", "en"),
        version = env!("CARGO_PKG_VERSION"),
        what = t(
            "一套客户管理系统：任何人查看客户信息，都会留下证据。",
            "A CRM in which nobody can look at customer information without leaving evidence."
        ),
        api = t("接口", "API"),
        explorer = t("接口浏览器", "API explorer"),
        ledger = t("审计日志", "Access log"),
        checkpoint = t("检查点", "checkpoint"),
        vkey = t("公钥", "verifier key"),
        check = t("自行离线校验：", "Check it yourself, offline:"),
        probes = t("探针", "Probes"),
        url = escape(state.config.public_url.trim_end_matches('/')),
    );
    let mut response = Html(body).into_response();
    let hash = BASE64_STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    response
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_becomes_markup() {
        assert_eq!(super::escape("<a href='x'>&\""), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
    }
}
