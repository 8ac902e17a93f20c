//! Checks of the house itself: how it is reached, keys, copies, machine, database.

use super::catalogue::{Area, Check, Risk, hand, run};
use super::facts::Fact;
use super::judge::{Measure, least, most, no, none, not_here, on, since, where_, whole, yes};

const ALONE: (&str, &str) = ("只有本机能访问，未对外提供服务", "only its own machine reaches it");
const PROXY: (&str, &str) = ("TLS 由反向代理终止，证书不在本系统", "a proxy ends TLS; the certificate is not here");
const EMBEDDED: (&str, &str) = ("使用内置数据库，没有数据库服务器", "the database is embedded; there is no server");

const CRYPTO: &[&str] = &["PIPL 51", "GB/T 22239-2019 8.1.4.8", "ISO/IEC 27001:2022 A.8.24"];
const BACKUP: &[&str] = &["GB/T 22239-2019 8.1.4.9", "ISO/IEC 27001:2022 A.8.13"];
const HARDEN: &[&str] = &["GB/T 22239-2019 8.1.4.4", "ISO/IEC 27001:2022 A.8.9"];

pub(super) static CHECKS: &[Check] = &[
    Check {
        id: "transport.https",
        area: Area::Transport,
        risk: Risk::High,
        zh: "对外访问一律经 HTTPS",
        en: "People reach it by HTTPS",
        fix: hand(
            "在 whosaw.toml 的 [tls] 配置证书，或由反向代理终止 TLS 并把 public_url 写成 https 地址。",
            "Set [tls] in whosaw.toml, or let a proxy end TLS and write the https address as public_url.",
        ),
        laws: CRYPTO,
        proof: None,
        look: |f| {
            where_(
                &f.web,
                |w| !w.loopback || w.https,
                ALONE,
                |w| [yes(("对外地址为 https", "the public address is https"), w.https)],
            )
        },
    },
    Check {
        id: "transport.plain",
        area: Area::Transport,
        risk: Risk::High,
        zh: "未放行明文 HTTP",
        en: "Plain HTTP is not let out",
        fix: hand("配置证书后删去 insecure_http。", "Set a certificate and take insecure_http out."),
        laws: CRYPTO,
        proof: None,
        look: |f| on(&f.web, |w| [no(("已放行明文 HTTP", "plain HTTP is allowed beyond the machine"), w.insecure)]),
    },
    Check {
        id: "transport.certificate",
        area: Area::Transport,
        risk: Risk::High,
        zh: "证书距到期不少于 21 天",
        en: "The certificate is good for 21 more days",
        fix: hand(
            "换上新证书文件；服务器在十秒内自行读取，无须重启。",
            "Put the new certificate's files in place; the server reads them within ten seconds.",
        ),
        laws: CRYPTO,
        proof: None,
        look: |f| match &f.certificate {
            Fact::None => not_here(PROXY),
            certificate => on(certificate, |c| {
                [least(
                    ("距到期天数", "days until it ends"),
                    (c.until.0 - f.now.0).div_euclid(86_400_000),
                    21,
                    Measure::Days,
                )]
            }),
        },
    },
    Check {
        id: "transport.certificate_key",
        area: Area::Transport,
        risk: Risk::High,
        zh: "证书私钥只有服务账户可读",
        en: "Only the server reads the certificate's key",
        fix: hand("对证书私钥文件执行 chmod 600。", "Run chmod 600 on the key's file."),
        laws: CRYPTO,
        proof: None,
        look: |f| match &f.certificate {
            Fact::None => not_here(PROXY),
            certificate => on(certificate, |c| [no(("其他用户可读私钥", "others can read the key"), c.key_open)]),
        },
    },
    Check {
        id: "transport.proxies",
        area: Area::Transport,
        risk: Risk::Medium,
        zh: "所信任的代理地址范围足够小",
        en: "Few addresses are believed about who asks",
        fix: hand("在 trusted_proxies 中只写代理本身的地址。", "Name the proxies' own addresses in trusted_proxies."),
        laws: HARDEN,
        proof: None,
        look: |f| {
            on(&f.web, |w| {
                [most(
                    ("信任的地址数（2 的幂）", "addresses believed, as a power of two"),
                    i64::from(w.believed_bits),
                    8,
                    Measure::Count,
                )]
            })
        },
    },
    Check {
        id: "keys.age",
        area: Area::Keys,
        risk: Risk::Medium,
        zh: "当前主密钥使用不超过一年",
        en: "The key in use is younger than a year",
        fix: run(
            "whosaw key rotate --data DIR",
            "轮换主密钥；旧密钥保留到数据重新包裹完毕。",
            "Rotate the key; the old one stays until everything is wrapped anew.",
        ),
        laws: CRYPTO,
        proof: Some("/keys"),
        look: |f| on(&f.keys, |k| [most(("当前密钥已用天数", "days the key is in use"), k.days, 365, Measure::Days)]),
    },
    Check {
        id: "keys.older",
        area: Area::Keys,
        risk: Risk::Low,
        zh: "轮换已完成：旧密钥下没有数据",
        en: "Nothing is left under older keys",
        fix: run(
            "whosaw key rotate --data DIR",
            "把旧密钥下的数据密钥重新包裹。",
            "Wrap what is under older keys anew.",
        ),
        laws: CRYPTO,
        proof: Some("/keys"),
        look: |f| on(&f.keys, |k| [none(("旧密钥下的数据密钥", "data keys under older keys"), k.under_older)]),
    },
    Check {
        id: "keys.token",
        area: Area::Keys,
        risk: Risk::Low,
        zh: "主密钥存放在硬件令牌或密码机中",
        en: "Keys are kept in a token",
        fix: hand("在 whosaw.toml 的 [keys] 中改用 pkcs11。", "Use pkcs11 in [keys] of whosaw.toml."),
        laws: CRYPTO,
        proof: Some("/keys"),
        look: |f| on(&f.keys, |k| [yes(("由 PKCS#11 令牌保管", "kept by a PKCS#11 token"), k.token)]),
    },
    Check {
        id: "keys.files",
        area: Area::Keys,
        risk: Risk::High,
        zh: "密钥文件只有服务账户可读",
        en: "Only the server reads the files of keys",
        fix: run("chmod -R go-rwx DIR/keys", "收回其他用户对密钥文件的权限。", "Take the files of keys from others."),
        laws: CRYPTO,
        proof: None,
        look: |f| {
            on(&f.files, |x| [none(("其他用户可读的密钥文件", "files of keys that others can read"), x.keys_open)])
        },
    },
    Check {
        id: "backups.recent",
        area: Area::Backups,
        risk: Risk::High,
        zh: "七天内有备份",
        en: "A copy was taken within a week",
        fix: run(
            "whosaw backup --data DIR --out FILE",
            "做一次备份并设为定时任务。",
            "Take a copy, and have it taken on a schedule.",
        ),
        laws: BACKUP,
        proof: Some("/keys"),
        look: |f| on(&f.backups, |b| [since(("距上次备份天数", "days since the last copy"), b.days, 7, Measure::Days)]),
    },
    Check {
        id: "backups.keys_apart",
        area: Area::Backups,
        risk: Risk::Medium,
        zh: "备份与密钥分开存放",
        en: "The newest copy holds no keys",
        fix: run(
            "whosaw backup --data DIR --out FILE",
            "备份时不带 --with-keys，密钥另处保管。",
            "Take copies without --with-keys, and keep the keys elsewhere.",
        ),
        laws: BACKUP,
        proof: Some("/keys"),
        look: |f| {
            where_(
                &f.backups,
                |b| b.days.is_some(),
                ("还没有备份", "there is no copy yet"),
                |b| [no(("最近一次备份含密钥", "the newest copy holds keys"), b.with_keys)],
            )
        },
    },
    Check {
        id: "backups.drill",
        area: Area::Backups,
        risk: Risk::High,
        zh: "九十天内做过恢复演练",
        en: "A restore was tried within 90 days",
        fix: run(
            "whosaw restore --drill --data DIR --file FILE",
            "用最近的备份做一次恢复演练。",
            "Try a restore of the newest copy.",
        ),
        laws: BACKUP,
        proof: Some("/keys"),
        look: |f| {
            on(&f.backups, |b| {
                [since(("距上次演练天数", "days since the last trial"), b.drill_days, 90, Measure::Days)]
            })
        },
    },
    Check {
        id: "backups.drill_passed",
        area: Area::Backups,
        risk: Risk::High,
        zh: "上次恢复演练各项检查通过",
        en: "All was in order at the last trial",
        fix: run(
            "whosaw restore --drill --data DIR --file FILE",
            "查明演练中不通过的项目，重新备份并再演练一次。",
            "See what was wrong, take a new copy, and try again.",
        ),
        laws: BACKUP,
        proof: Some("/keys"),
        look: |f| match &f.backups {
            Fact::Known { value, .. } if value.drill_days.is_none() || value.drill_failed.is_none() => {
                super::judge::unknown(("没有由系统执行的演练结果", "no trial was run by the program itself"))
            }
            backups => {
                on(backups, |b| [none(("演练中不通过的检查", "checks that failed"), b.drill_failed.unwrap_or(0))])
            }
        },
    },
    Check {
        id: "machine.folder",
        area: Area::Machine,
        risk: Risk::High,
        zh: "数据目录与数据库文件只有服务账户可读",
        en: "Only the server reads the instance's folder",
        fix: run("chmod -R go-rwx DIR", "收回其他用户的权限。", "Take it from others."),
        laws: HARDEN,
        proof: None,
        look: |f| on(&f.files, |x| [none(("其他用户可读的文件", "files that others can read"), x.open)]),
    },
    Check {
        id: "machine.configuration",
        area: Area::Machine,
        risk: Risk::Medium,
        zh: "配置文件只有服务账户可读",
        en: "Only the server reads its configuration",
        fix: run(
            "chmod 600 DIR/whosaw.toml",
            "配置中可能有数据库口令，收回其他用户的权限。",
            "It may hold the database's password: take it from others.",
        ),
        laws: HARDEN,
        proof: None,
        look: |f| on(&f.files, |x| [no(("其他用户可读配置", "others can read it"), x.config_open)]),
    },
    Check {
        id: "machine.disk",
        area: Area::Machine,
        risk: Risk::High,
        zh: "磁盘剩余空间充足",
        en: "There is room on the disk",
        fix: hand(
            "磁盘写满时一切访问都会停止：扩容，或清理旧备份。",
            "When the disk is full all access stops: add room, or clear old copies away.",
        ),
        laws: HARDEN,
        proof: None,
        look: |f| {
            on(&f.disk, |d| {
                [
                    least(("剩余空间", "free space"), whole(d.free_mib), 2048, Measure::Mebibytes),
                    least(("剩余比例", "of the disk"), whole(d.free_percent), 5, Measure::Percent),
                ]
            })
        },
    },
    Check {
        id: "machine.clock",
        area: Area::Machine,
        risk: Risk::Medium,
        zh: "服务器时钟与时间源同步",
        en: "The machine's clock follows a time server",
        fix: run(
            "timedatectl set-ntp true",
            "打开时间同步；日志的时间以此为准。",
            "Switch time synchronisation on: the log tells its time by it.",
        ),
        laws: &["GB/T 22239-2019 8.1.4.3", "ISO/IEC 27001:2022 A.8.17"],
        proof: None,
        look: |f| on(&f.clock, |c| [yes(("已同步", "synchronised"), c.synchronised)]),
    },
    Check {
        id: "machine.release",
        area: Area::Machine,
        risk: Risk::Medium,
        zh: "程序为一年内的版本",
        en: "The program is younger than a year",
        fix: hand("升级到新版本；升级前先备份。", "Put a newer release in place, after a copy was taken."),
        laws: HARDEN,
        proof: None,
        look: |f| {
            on(&f.program, |p| {
                [most(("程序文件的天数", "days since its file was written"), p.days, 365, Measure::Days)]
            })
        },
    },
    Check {
        id: "machine.build",
        area: Area::Machine,
        risk: Risk::Low,
        zh: "运行的是正式发布的构建",
        en: "What runs is a release build",
        fix: hand("改用发布的二进制文件。", "Run the released binary."),
        laws: HARDEN,
        proof: None,
        look: |f| on(&f.program, |p| [no(("调试构建", "a debug build"), p.debug)]),
    },
    Check {
        id: "database.superuser",
        area: Area::Database,
        risk: Risk::High,
        zh: "连接数据库的账户不是超级用户",
        en: "The database's role is no superuser",
        fix: hand(
            "为本系统单建一个只拥有自己数据库的角色。",
            "Give the program a role of its own that owns nothing but its database.",
        ),
        laws: HARDEN,
        proof: None,
        look: |f| match &f.database {
            Fact::None => not_here(EMBEDDED),
            database => on(database, |d| {
                [no(("超级用户", "superuser"), d.superuser), no(("可建角色", "may make roles"), d.makes_roles)]
            }),
        },
    },
    Check {
        id: "database.private",
        area: Area::Database,
        risk: Risk::High,
        zh: "到数据库的连接已加密或不出本机",
        en: "The way to the database is encrypted",
        fix: hand(
            "在数据库地址中写 sslmode=require，并在 database_ca 中指定证书。",
            "Write sslmode=require in the database's address, and name its certificate in database_ca.",
        ),
        laws: CRYPTO,
        proof: None,
        look: |f| match &f.database {
            Fact::None => not_here(EMBEDDED),
            database => on(database, |d| [yes(("已加密或在本机", "encrypted, or within the machine"), d.private)]),
        },
    },
    Check {
        id: "database.checksums",
        area: Area::Database,
        risk: Risk::Low,
        zh: "数据库启用页校验",
        en: "The database checks its pages",
        fix: run("pg_checksums --enable", "停库后启用页校验。", "Stop the database and switch checksums on."),
        laws: HARDEN,
        proof: None,
        look: |f| match &f.database {
            Fact::None => not_here(EMBEDDED),
            database => on(database, |d| [yes(("页校验", "page checksums"), d.checksums)]),
        },
    },
    Check {
        id: "database.durable",
        area: Area::Database,
        risk: Risk::High,
        zh: "数据库落盘后才确认提交",
        en: "The database says done when it is on disk",
        fix: hand("把 fsync 与 synchronous_commit 设为 on。", "Set fsync and synchronous_commit to on."),
        laws: HARDEN,
        proof: None,
        look: |f| match &f.database {
            Fact::None => not_here(EMBEDDED),
            database => on(database, |d| [yes(("先落盘再确认", "on disk before it says so"), d.durable)]),
        },
    },
    Check {
        id: "database.clock",
        area: Area::Database,
        risk: Risk::Medium,
        zh: "数据库与服务器的时钟一致",
        en: "The database's clock agrees with ours",
        fix: hand("两台机器使用同一时间源。", "Let both machines follow the same time server."),
        laws: &["ISO/IEC 27001:2022 A.8.17"],
        proof: None,
        look: |f| match &f.database {
            Fact::None => not_here(EMBEDDED),
            database => {
                on(database, |d| [most(("相差", "apart"), d.apart_ms.saturating_abs(), 5_000, Measure::Milliseconds)])
            }
        },
    },
];
