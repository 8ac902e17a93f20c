//! Which key is trusted, and where it came from: that decides what a good answer is worth.

use std::path::Path;

use ledger::source::VKEY_PATH;
use ledger::{LogSource, VerifierKey};

use crate::files::{MAX_KEY_BYTES, read_file};
use crate::text::Text;

/// The key given with `--key`: the text itself, or a file that holds it.
pub fn given(key: &str) -> Result<VerifierKey, Text> {
    match key.trim().parse() {
        Ok(key) => return Ok(key),
        Err(error) if key.matches('+').count() >= 2 && !Path::new(key).exists() => {
            return Err(Text::new(
                format!("无法使用公钥 `{key}`:{error}"),
                format!("cannot use the key `{key}`: {error}"),
            ));
        }
        Err(_) => {}
    }
    let bytes = read_file(Path::new(key), MAX_KEY_BYTES).map_err(|_| unreadable(key))?;
    String::from_utf8(bytes).ok().and_then(|text| text.trim().parse().ok()).ok_or_else(|| unreadable(key))
}

fn unreadable(key: &str) -> Text {
    Text::new(
        format!("`{key}` 既不是公钥，也不是公钥文件"),
        format!("`{key}` is neither a verifier key nor a file that holds one"),
    )
}

/// The key that lies beside a log.
pub fn beside<S: LogSource>(log: &S) -> Result<VerifierKey, Text> {
    let bytes = log.read(VKEY_PATH, MAX_KEY_BYTES);
    let key = bytes.ok().and_then(|b| String::from_utf8(b).ok()).and_then(|text| text.trim().parse().ok());
    key.ok_or_else(|| {
        Text::new(
            "没有给出 --key，日志旁也没有可用的 log.vkey：无从验证签名",
            "no --key was given and there is no usable log.vkey beside the log: the signature cannot be checked",
        )
    })
}

/// Said whenever the key came from the place that is being checked.
pub fn self_consistency(key: &VerifierKey) -> Text {
    Text::new(
        format!("注意：公钥 {key} 取自被校验的同一来源，因此只能证明其自身一致；请从可信渠道取得公钥并用 --key 给出"),
        format!(
            "note: the key {key} was taken from the same place as what it checks, so this proves only \
             self-consistency; get the key from someone you trust and give it with --key"
        ),
    )
}
