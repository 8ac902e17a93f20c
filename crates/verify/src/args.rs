//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::text::Language;

const EXIT_CODES: &str = "\
Exit codes 退出码:
  0   ok 通过
  10  tampered: what is shown is not what was signed 被篡改
  11  fork or rollback: two signed histories, or one taken back 分叉或回滚
  12  incomplete: something needed is missing or cannot be read 不完整
  13  policy: no trusted key stands behind it 无可信签名
  20  usage 用法错误";

/// Checks Whosaw ledgers, proofs and evidence files, without trusting the server. 校验谁看过的审计日志与存证。
#[derive(Debug, Parser)]
#[command(name = "whosaw-verify", version, after_help = EXIT_CODES)]
pub struct Args {
    /// Language of the answer [default: from LANG] 输出语言
    #[arg(long, global = true, value_enum)]
    lang: Option<LanguageArg>,

    #[arg(long, hide = true, global = true, env = "LANG", default_value = "")]
    locale: OsString,

    /// Answer in JSON 以 JSON 输出
    #[arg(long, global = true)]
    pub json: bool,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LanguageArg {
    Zh,
    En,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check a whole published log: signature, root, every tile, every node's stream 校验整个日志
    Log {
        /// Folder or http(s) address of the log
        #[arg(value_name = "DIR|URL")]
        log: String,
        /// The log's verifier key, or a file that holds it. Without it the key lying beside the log is used, and that
        /// proves only that the log agrees with itself
        #[arg(long, value_name = "VKEY|FILE")]
        key: Option<String>,
        /// A checkpoint of this log kept from earlier: the log must still begin with it. May be given several times
        #[arg(long, value_name = "CHECKPOINT_FILE")]
        since: Vec<PathBuf>,
    },
    /// Check that one entry is in the log, by its .tlog-proof file 校验单条记录的证明
    Proof {
        /// The proof (c2sp.org/tlog-proof@v1)
        file: PathBuf,
        /// The entry itself, its bytes as they are
        #[arg(long, value_name = "LEAFFILE")]
        entry: PathBuf,
        /// The log's verifier key, or a file that holds it. Without it the signature is not checked (exit code 13)
        #[arg(long, value_name = "VKEY|FILE")]
        key: Option<String>,
    },
    /// Check an evidence file: every event, body and proof in it 校验存证文件
    Evidence {
        /// The evidence file (whosaw-evidence/v1)
        file: PathBuf,
        /// The log's verifier key, or a file that holds it. Without it the key in the file is used, and that proves
        /// only that the file agrees with itself
        #[arg(long, value_name = "VKEY|FILE")]
        key: Option<String>,
        /// Also check that the log as published now still begins with what the evidence was taken from
        #[arg(long, value_name = "DIR|URL")]
        log: Option<String>,
    },
    /// Check that a document (PDF) is the one the log says was given out 校验报告文件
    Report {
        /// The document, its bytes as they are
        file: PathBuf,
        /// Its proof: the evidence file of the event that it was given out with
        #[arg(long, value_name = "FILE")]
        evidence: PathBuf,
        /// The log's verifier key, or a file that holds it. Without it the key in the proof is used, and that proves
        /// only that the proof agrees with itself
        #[arg(long, value_name = "VKEY|FILE")]
        key: Option<String>,
        /// Also check that the log as published now still begins with what the document was made from
        #[arg(long, value_name = "DIR|URL")]
        log: Option<String>,
    },
}

impl Args {
    /// `--lang`, else what LANG begins with, else English.
    pub fn language(&self) -> Language {
        match self.lang {
            Some(LanguageArg::Zh) => Language::Zh,
            Some(LanguageArg::En) => Language::En,
            None if self.locale.to_string_lossy().starts_with("zh") => Language::Zh,
            None => Language::En,
        }
    }
}
