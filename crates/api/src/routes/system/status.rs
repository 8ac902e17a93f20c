//! `GET /`: what this is, for whoever opens the address in a browser. No script, nothing from elsewhere.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::state::ApiState;

const STYLE: &str = "body{font:16px/1.6 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color:#1a2330;background:#fff}\
h1{font-size:1.8rem;margin:0}h2{font-size:1.1rem;margin-top:2rem}code,pre{background:#f1f4f8;border-radius:4px;padding:.1em .3em}\
pre{padding:.8rem;overflow:auto}a{color:#0b57d0}li{margin:.2rem 0}@media(prefers-color-scheme:dark){body{background:#11161d;color:#dfe6ee}\
code,pre{background:#1d2530}a{color:#8ab4f8}}";

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

/// The status page.
pub async fn page(State(state): State<ApiState>) -> Response {
    let publisher = state.publisher.as_ref().filter(|_| state.config.public_ledger);
    let head = match publisher {
        Some(publisher) => publisher.checkpoint().await.ok().flatten(),
        None => None,
    };
    let head = match head {
        Some(note) => format!("<pre>{}</pre>", escape(&note)),
        None => "<p>尚无检查点 · No checkpoint yet.</p>".to_owned(),
    };
    let version = env!("CARGO_PKG_VERSION");
    let body = format!(
        "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>Whosaw 谁看过</title><style>{STYLE}</style></head><body>\
<h1>Whosaw 谁看过 <small>{version}</small></h1>\
<p>一套客户管理系统：任何人查看客户信息，都会留下证据。</p>\
<p lang=\"en\">A CRM in which nobody can look at customer information without leaving evidence.</p>\
<h2>接口 · API</h2><ul><li><a href=\"/api/explorer/\">接口浏览器 · API explorer</a></li>\
<li><a href=\"/api/openapi.json\">OpenAPI 3.1</a></li></ul>\
<h2>审计日志 · Ledger</h2>{head}<ul><li><a href=\"/ledger/checkpoint\">检查点 · checkpoint</a></li>\
<li><a href=\"/ledger/log.vkey\">公钥 · verifier key</a></li></ul>\
<p>离线校验 · Check it yourself: <code>whosaw-verify log {url}/ledger</code></p>\
<h2>运行状况 · Health</h2><ul><li><a href=\"/healthz\">/healthz</a></li><li><a href=\"/readyz\">/readyz</a></li></ul>\
</body></html>",
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
    response
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_becomes_markup() {
        assert_eq!(super::escape("<a href='x'>&\""), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
    }
}
