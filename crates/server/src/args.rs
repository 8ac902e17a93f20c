//! The command line, as people read it in `--help`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Whosaw 谁看过: a CRM in which nobody can look at customer information without leaving evidence.
#[derive(Debug, Parser)]
#[command(
    name = "whosaw",
    version,
    propagate_version = true,
    after_long_help = "Begin:\n  whosaw init --data /srv/whosaw\n  whosaw serve --data /srv/whosaw --listen 127.0.0.1:8700\n\n\
                       Look around with a made-up company:\n  whosaw demo --data /tmp/demo --seed 1 --customers 2000\n  \
                       whosaw serve --data /tmp/demo\n\nExit codes: 0 done, 1 failed (the reason is on standard error), \
                       2 wrong usage, 3 doctor or import found something."
)]
pub struct Args {
    /// Answer in JSON, one document on standard output.
    #[arg(long, global = true)]
    pub json: bool,
    /// Language of messages; by default that of the terminal.
    #[arg(long, global = true, value_enum, env = "WHOSAW_LANG")]
    pub lang: Option<Lang>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    Zh,
    En,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make an empty instance with its keys and first administrators.
    Init(InitArgs),
    /// Serve an instance.
    Serve(ServeArgs),
    /// Make an instance with a made-up company and 90 days of access history, clearly marked as demo.
    Demo(DemoArgs),
    /// Import people or records from a CSV or XLSX file.
    #[command(after_long_help = "A mapping file says which column becomes which field (docs/import.md, examples/).\n\
                                 \n  whosaw import --data D --object customer --mapping accounts.toml --dry-run accounts.csv\n  \
                                 whosaw import --data D --object customer --mapping accounts.toml --errors wrong.csv accounts.csv")]
    Import(ImportArgs),
    /// Access logs of other systems: name a source, try its mapping, take files in.
    #[command(after_long_help = "A source says how its log is read (docs/feeds.md, examples/feeds/).\n\
                                 \n  whosaw feed add --data D examples/feeds/bpi2012.toml\n  \
                                 whosaw feed load --data D --source bpi2012 --dry-run events.csv.gz\n  \
                                 whosaw feed load --data D --source bpi2012 events.csv.gz")]
    Feed(FeedArgs),
    /// The access policy.
    #[command(after_long_help = "What a policy would have done with the last 90 days (docs/replay.md):\n\
                                 \n  whosaw policy replay --data D --file policy.json --days 90")]
    Policy(PolicyArgs),
    /// Look at the instance itself: what is as it should be, and what is not (docs/posture.md).
    Posture(PostureArgs),
    /// Copy database, published ledger and configuration into one file, while the server runs.
    Backup(BackupArgs),
    /// Make an instance from a backup. Refuses to go behind what was published.
    Restore(RestoreArgs),
    /// Check configuration, keys, schema, ledger and disk, and say what to do.
    #[command(
        after_long_help = "Known holes in the program itself, by advisories of the OSV schema that were brought here (docs/findings.md):\n\
                                 \n  whosaw doctor --vulnerabilities --advisories DIR --report found.json\n  \
                                 whosaw finding import --data D --asset whosaw found.json"
    )]
    Doctor(DoctorArgs),
    /// Vulnerabilities: take reports of scanners in, list what is open.
    #[command(
        after_long_help = "SARIF, CycloneDX, OSV, Trivy, ZAP, Nuclei and Greenbone are read (docs/findings.md).\n\
                                 \n  whosaw finding import --data D --asset crm-web web.sarif\n  \
                                 whosaw finding list --data D --severity critical"
    )]
    Finding(FindingArgs),
    /// The version, or what the program is made of.
    Version {
        /// A bill of materials: CycloneDX 1.6, JSON.
        #[arg(long)]
        sbom: bool,
    },
    /// Key-encryption keys.
    Key(KeyArgs),
    /// People and service accounts.
    User(UserArgs),
    /// Roles of people.
    Role(RoleArgs),
    /// API tokens.
    Token(TokenArgs),
    /// The published ledger.
    Ledger(LedgerArgs),
    /// The configuration.
    Config(ConfigArgs),
    /// Print a completion script for a shell.
    Completions { shell: clap_complete::Shell },
}

#[derive(Debug, Clone, ClapArgs)]
pub struct DataArgs {
    /// The instance's folder.
    #[arg(long, value_name = "DIR", env = "WHOSAW_DATA", default_value = ".", global = true)]
    pub data: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub struct DoctorArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// Only look for known holes in the program and what it is made of.
    #[arg(long)]
    pub vulnerabilities: bool,
    /// Advisories of the OSV schema: a JSON file, one with a record a line, or a folder of them; by default `advisories` in the instance's
    /// folder. Nothing is fetched.
    #[arg(long, value_name = "PATH", requires = "vulnerabilities")]
    pub advisories: Option<PathBuf>,
    /// Where to write what was found, as CycloneDX.
    #[arg(long, value_name = "FILE", requires = "vulnerabilities")]
    pub report: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct FindingArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// As which user.
    #[arg(id = "as", long = "as", value_name = "LOGIN", default_value = "security", global = true)]
    pub login: String,
    #[command(subcommand)]
    pub command: FindingCommand,
}
#[derive(Debug, Subcommand)]
pub enum FindingCommand {
    /// Take the report of a scanner in. The same file is taken in once.
    Import {
        /// What was scanned, as the company calls it. A scan closes what it shows no more only of this asset.
        #[arg(long, value_name = "NAME")]
        asset: String,
        /// Whose form it has; the one it shows by default.
        #[arg(long, value_name = "FORMAT")]
        format: Option<String>,
        /// Only count what would happen.
        #[arg(long)]
        dry_run: bool,
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// What is open, the gravest first.
    List {
        /// Also what is closed or set aside.
        #[arg(long)]
        all: bool,
        #[arg(long, value_name = "NAME")]
        asset: Option<String>,
        /// `critical`, `high`, `medium`, `low` or `informational`.
        #[arg(long, value_name = "SEVERITY")]
        severity: Option<String>,
    },
}

#[derive(Debug, ClapArgs)]
pub struct InitArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// The company's name.
    #[arg(long, default_value = "我的公司")]
    pub company: String,
    /// Name of the log, as it stands in every checkpoint: a host and path without scheme, and never changed.
    #[arg(long)]
    pub origin: Option<String>,
    /// A PostgreSQL address instead of the embedded database.
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub struct ServeArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// Where to listen; instead of the configuration's `listen`.
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<std::net::SocketAddr>,
    /// A PostgreSQL address; instead of the configuration's `database`.
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub struct DemoArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// The same seed makes the same company.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    #[arg(long, default_value_t = 20_000)]
    pub customers: u32,
    /// A PostgreSQL address instead of the embedded database.
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    /// Days of access history.
    #[arg(long, default_value_t = 90)]
    pub days: u32,
}

#[derive(Debug, ClapArgs)]
pub struct ImportArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// Which object the rows are: `customer`, `contact`, `opportunity`, …, or `user` for people.
    #[arg(long, value_name = "NAME")]
    pub object: String,
    #[arg(long, value_name = "FILE")]
    pub mapping: PathBuf,
    /// Only count what would happen.
    #[arg(long)]
    pub dry_run: bool,
    /// Where to write rows that were not taken: row, column, value (masked if personal), code, reasons.
    #[arg(long, value_name = "FILE")]
    pub errors: Option<PathBuf>,
    /// As which user the rows are written.
    #[arg(id = "as", long = "as", value_name = "LOGIN", default_value = "importer")]
    pub login: String,
    /// The CSV or XLSX file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub struct BackupArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// As which administrator.
    #[arg(id = "as", long = "as", value_name = "LOGIN", default_value = "admin")]
    pub login: String,
    /// Also the key files. Then the backup alone opens everything: keep it like the keys.
    #[arg(long)]
    pub with_keys: bool,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct RestoreArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// An empty PostgreSQL database, when the backup is of one; instead of the one it was made of.
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    /// A newer checkpoint kept elsewhere, to compare with.
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,
    /// Folder with the key files, when the backup has none.
    #[arg(long, value_name = "DIR")]
    pub keys: Option<PathBuf>,
    /// Only try it: restore into a folder below the instance `--data`, examine it as `doctor` does, take it away again, and record
    /// what was found. Without `--keys`, a backup that has none is opened by the instance's own.
    #[arg(long)]
    pub drill: bool,
    /// As which user the trial is recorded.
    #[arg(id = "as", long = "as", value_name = "LOGIN", default_value = "admin")]
    pub login: String,
}

#[derive(Debug, ClapArgs)]
pub struct KeyArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[command(subcommand)]
    pub command: KeyCommand,
}
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum KeyCommand {
    /// Versions of the key-encryption key and how many data keys each holds.
    List,
    /// Add a key-encryption key and wrap every data key anew. Can be run again if interrupted.
    Rotate,
}

#[derive(Debug, ClapArgs)]
pub struct UserArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// As which administrator.
    #[arg(id = "as", long = "as", value_name = "LOGIN", default_value = "admin", global = true)]
    pub login: String,
    #[command(subcommand)]
    pub command: UserCommand,
}
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Everyone with department and roles.
    List,
    /// Add a person; prints the first password.
    Add {
        login: String,
        #[arg(long)]
        name: String,
        /// Department by name; the first one by default.
        #[arg(long)]
        department: Option<String>,
        /// Login of the manager.
        #[arg(long)]
        manager: Option<String>,
    },
    /// Nobody can sign in or use a token as them any more, at once.
    Disable { login: String },
    /// Let somebody in again.
    Enable { login: String },
    /// Give a new first password. `--recover` also takes the second factor away and works for administrators.
    ResetPassword {
        login: String,
        #[arg(long)]
        recover: bool,
    },
}

#[derive(Debug, ClapArgs)]
pub struct FeedArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// As which user.
    #[arg(id = "as", long = "as", value_name = "LOGIN", default_value = "security", global = true)]
    pub login: String,
    #[command(subcommand)]
    pub command: FeedCommand,
}
#[derive(Debug, Subcommand)]
pub enum FeedCommand {
    /// Add a source, or change how it is read: a TOML or JSON file.
    Add {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Take no more of a source in. What was taken in stays.
    Remove { source: String },
    /// Sources, what was taken in of them, and the files taken in last.
    List,
    /// Take in files, or all files of a folder by their names. A file that was broken off goes on; one that was taken in is known.
    Load {
        #[arg(long, value_name = "NAME")]
        source: Option<String>,
        /// Only show how the first lines would be read.
        #[arg(long)]
        dry_run: bool,
        /// With --dry-run: a source that is not kept yet.
        #[arg(long, value_name = "FILE", requires = "dry_run")]
        mapping: Option<PathBuf>,
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
    /// Lines of a file that could not be read, and why.
    Rejected {
        /// As `whosaw feed list` shows it.
        #[arg(value_name = "LOAD")]
        load: String,
    },
}

#[derive(Debug, ClapArgs)]
pub struct PostureArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// As which administrator.
    #[arg(id = "as", long = "as", value_name = "LOGIN", default_value = "security", global = true)]
    pub login: String,
    #[command(subcommand)]
    pub command: PostureCommand,
}
#[derive(Debug, Subcommand)]
pub enum PostureCommand {
    /// Look now, and keep what was seen.
    Run,
    /// Say what the newest look saw.
    Show,
}

#[derive(Debug, ClapArgs)]
pub struct PolicyArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// As which administrator.
    #[arg(id = "as", long = "as", value_name = "LOGIN", default_value = "security", global = true)]
    pub login: String,
    #[command(subcommand)]
    pub command: PolicyCommand,
}
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Print the policy in force, as JSON.
    Show,
    /// Say what a policy would have done with what people did. Nothing is changed.
    Replay {
        /// The policy: JSON as `whosaw policy show` prints it.
        #[arg(long, value_name = "FILE")]
        file: PathBuf,
        /// How many days back.
        #[arg(long, value_name = "N", default_value_t = 90)]
        days: u32,
    },
}

#[derive(Debug, ClapArgs)]
pub struct RoleArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// As which administrator.
    #[arg(id = "as", long = "as", value_name = "LOGIN", default_value = "security", global = true)]
    pub login: String,
    #[command(subcommand)]
    pub command: RoleCommand,
}
#[derive(Debug, Subcommand)]
pub enum RoleCommand {
    /// The roles there are.
    List,
    /// Give a person a role.
    Assign { login: String, role: String },
    /// Take a role away.
    Remove { login: String, role: String },
}

#[derive(Debug, ClapArgs)]
pub struct TokenArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// Whose token it is.
    #[arg(id = "as", long = "as", value_name = "LOGIN", default_value = "admin", global = true)]
    pub login: String,
    #[command(subcommand)]
    pub command: TokenCommand,
}
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Tokens with their ends and last uses, never their secrets.
    List,
    /// Print a new token once.
    Create {
        name: String,
        #[arg(long, default_value_t = 90)]
        days: u16,
        /// Only these operations: `list,view,…`
        #[arg(long, value_delimiter = ',')]
        actions: Vec<String>,
    },
    /// End a token at once.
    Revoke { id: String },
}

#[derive(Debug, ClapArgs)]
pub struct LedgerArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[command(subcommand)]
    pub command: LedgerCommand,
}
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum LedgerCommand {
    /// Sign a checkpoint if the log has grown, and write it and its tiles into the folder.
    Publish,
    /// Print the verifier key.
    Key,
}

#[derive(Debug, ClapArgs)]
pub struct ConfigArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[command(subcommand)]
    pub command: ConfigCommand,
}
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum ConfigCommand {
    /// Read the file and the environment and say what is wrong.
    Check,
    /// Print what is in force, without secrets.
    Show,
}
