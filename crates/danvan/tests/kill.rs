//! The server is killed again and again while officers write: whatever it acknowledged is there afterwards, and nothing twice.
#![expect(clippy::unwrap_used, reason = "a test says by failing what went wrong")]

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use reqwest::{Client, RequestBuilder, header::IF_MATCH};
use serde_json::{Value, json};

const BOOK: &str = "11383/ubnd";
const WRITERS: usize = 4;
const PATIENCE: Duration = Duration::from_secs(30);

/// `DANVAN_KILLS`: how often each server is killed.
fn kills() -> usize {
    std::env::var("DANVAN_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(10)
}

/// A letter as its writer was told that it stands, or as it is found.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Letter {
    id: String,
    number: String,
    version: i64,
    title: String,
}

impl Letter {
    fn of(json: &Value) -> Self {
        let text = |name: &str| json[name].as_str().unwrap().to_owned();
        Self {
            id: text("id"),
            number: text("number"),
            version: json["version"].as_i64().unwrap(),
            title: text("title"),
        }
    }

    /// What its writer called it: stays when the rest of its title is corrected.
    fn key(&self) -> &str {
        self.title.split(' ').next().unwrap()
    }
}

/// What is wrong with the letters that are found, by what was acknowledged.
fn faults(acknowledged: &BTreeMap<String, Letter>, found: &[Letter]) -> Vec<String> {
    let mut faults = Vec::new();
    for (key, letter) in acknowledged {
        match found.iter().find(|one| one.id == letter.id) {
            None => faults.push(format!("{key}: lost")),
            // A correction that was under way when the server fell may have come through.
            Some(one) if one.version < letter.version => {
                faults.push(format!("{key}: an acknowledged correction is lost"));
            }
            Some(one) if one.version == letter.version && one != letter => faults.push(format!("{key}: is another")),
            Some(one) if one.number != letter.number => faults.push(format!("{key}: another number")),
            Some(_) => {}
        }
    }
    let keys: BTreeSet<&str> = found.iter().map(Letter::key).collect();
    if keys.len() < found.len() {
        faults.push("one letter stands twice".to_owned());
    }
    let mut numbers: Vec<usize> =
        found.iter().map(|one| one.number.split('/').next().unwrap().parse().unwrap()).collect();
    numbers.sort_unstable();
    if numbers != (1..=found.len()).collect::<Vec<usize>>() {
        faults.push(format!("the numbers have gaps or doubles: {numbers:?}"));
    }
    faults
}

/// An instance that is served by the program itself.
struct Served {
    place: Vec<String>,
    token: String,
    base: String,
    server: Option<Child>,
    client: Client,
}

impl Served {
    fn made(place: Vec<String>) -> Self {
        let mut served = Self { place, token: String::new(), base: String::new(), server: None, client: Client::new() };
        served.danvan(&["init"]);
        served.danvan(&["user", "add", "an", "--role", "clerk", "--unit", BOOK]);
        served.token = served.danvan(&["token", "an"]).trim().to_owned();
        served
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_danvan"));
        command.args(words).args(&self.place).env("DANVAN_LOG", "error");
        command
    }

    fn danvan(&self, words: &[&str]) -> String {
        let done = self.command(words).output().unwrap();
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success(), "{words:?}: {said}{}", String::from_utf8_lossy(&done.stderr));
        said
    }

    /// Starts the server, and reads from it where it listens.
    fn start(&mut self) {
        let mut server = self.command(&["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        self.server = Some(server);
        self.base = line.split_whitespace().last().expect("the server says where it listens").to_owned();
    }

    /// SIGKILL: no last word, no closing of anything.
    fn kill(&mut self) {
        let mut server = self.server.take().unwrap();
        server.kill().unwrap();
        server.wait().unwrap();
    }

    /// Every letter, page by page.
    async fn letters(&self) -> Vec<Letter> {
        let mut found = Vec::new();
        let mut after = String::new();
        loop {
            let query = format!("rows=100&sort=recorded{after}");
            let request = self.client.get(format!("{}/api/v1/registers/submission/records?{query}", self.base));
            let (status, page) = ask(request, &self.token).await.unwrap();
            assert_eq!(status, 200, "{page}");
            found.extend(page["records"].as_array().unwrap().iter().map(Letter::of));
            let Some(next) = page["next"].as_str() else { return found };
            after = format!("&after={next}");
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

/// An answer that came whole, or none.
async fn ask(request: RequestBuilder, token: &str) -> Option<(u16, Value)> {
    let response = request.bearer_auth(token).timeout(PATIENCE).send().await.ok()?;
    Some((response.status().as_u16(), response.json().await.ok()?))
}

/// What the writers know: what was acknowledged, and what each sent without an answer.
#[derive(Default)]
struct Told {
    acknowledged: BTreeMap<String, Letter>,
    unanswered: BTreeMap<usize, String>,
    count: usize,
}

/// Writes letters and corrects every second one until the server answers no more. What got no answer the last time is sent again first,
/// under its key.
async fn write(writer: usize, (client, base, token): (Client, String, String), told: Arc<Mutex<Told>>) {
    loop {
        let key = {
            let mut told = told.lock().unwrap();
            told.count += 1;
            let fresh = format!("{writer}-{}", told.count);
            told.unanswered.entry(writer).or_insert(fresh).clone()
        };
        let fields = json!({ "kind": "petition", "subject": format!("{key} sửa đường"), "received_on": "2026-09-01",
            "topic": "infrastructure", "sender_name": format!("Người gửi {key}") });
        let request = client
            .post(format!("{base}/api/v1/registers/submission/records"))
            .header("idempotency-key", &key)
            .json(&json!({ "fields": fields }));
        let Some((status, answer)) = ask(request, &token).await else { return };
        assert!(status == 201 || status == 200, "{status} {answer}");
        let letter = Letter::of(&answer);
        let corrects = told.lock().unwrap().count.is_multiple_of(2) && letter.version == 1;
        {
            let mut told = told.lock().unwrap();
            told.unanswered.remove(&writer);
            told.acknowledged.insert(key.clone(), letter.clone());
        }
        if corrects {
            let request = client
                .put(format!("{base}/api/v1/records/{}", letter.id))
                .header(IF_MATCH, format!("\"{}\"", letter.version))
                .json(&json!({ "fields": { "subject": format!("{key} sửa đường, lát vỉa hè") } }));
            let Some((status, answer)) = ask(request, &token).await else { return };
            assert_eq!(status, 200, "{answer}");
            told.lock().unwrap().acknowledged.insert(key, Letter::of(&answer));
        }
    }
}

async fn killed_under_load(place: Vec<String>) {
    let mut served = Served::made(place);
    let told = Arc::new(Mutex::new(Told::default()));
    for round in 0..kills() {
        served.start();
        let before: BTreeSet<String> = told.lock().unwrap().acknowledged.keys().cloned().collect();
        let reach = (served.client.clone(), served.base.clone(), served.token.clone());
        let writers: Vec<_> =
            (0..WRITERS).map(|writer| tokio::spawn(write(writer, reach.clone(), told.clone()))).collect();
        // It falls at another moment each time, but never before something was acknowledged.
        let begun = Instant::now();
        let wanted = before.len() + 1 + round * 7 % 11;
        while told.lock().unwrap().acknowledged.len() < wanted {
            assert!(begun.elapsed() < PATIENCE, "nothing is written");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        tokio::time::sleep(Duration::from_micros(u64::try_from(round * 1_709 % 10_000).unwrap())).await;
        served.kill();
        for writer in writers {
            writer.await.unwrap();
        }
    }
    served.start();
    let found = served.letters().await;
    let acknowledged = told.lock().unwrap().acknowledged.clone();
    assert!(acknowledged.len() >= kills() * 2, "too little was written to prove anything: {}", acknowledged.len());
    assert_eq!(faults(&acknowledged, &found), Vec::<String>::new());
    served.kill();
    served.danvan(&["verify"]);
    println!("{} kills, {} letters acknowledged, {} found", kills(), acknowledged.len(), found.len());

    // The same eyes see it when one is missing, or stands twice.
    let gone = &acknowledged.values().next_back().unwrap().id;
    let without: Vec<Letter> = found.iter().filter(|one| one.id != *gone).cloned().collect();
    assert!(faults(&acknowledged, &without).iter().any(|fault| fault.ends_with(": lost")));
    let twice: Vec<Letter> = found.iter().chain(&found[..1]).cloned().collect();
    assert_eq!(faults(&acknowledged, &twice).len(), 2);
    let older: Vec<Letter> = found.iter().map(|one| Letter { version: 0, ..one.clone() }).collect();
    assert_eq!(faults(&acknowledged, &older).len(), acknowledged.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_on_sqlite() {
    let dir = tempfile::tempdir().unwrap();
    killed_under_load(vec!["--data".into(), dir.path().join("house").display().to_string()]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_on_postgres() {
    let Ok(url) = std::env::var("TEST_DATABASE_URL") else { return };
    let dir = tempfile::tempdir().unwrap();
    let url = db::testing::fresh_schema(&url).await.unwrap();
    let data = dir.path().join("house").display().to_string();
    killed_under_load(vec!["--data".into(), data, "--database".into(), url]).await;
}
