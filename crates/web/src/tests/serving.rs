//! Against a real listener: what a loop of our own must do that the ready-made one does not.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::{Instant, sleep, timeout},
};

use super::office;
use crate::{Bounds, Door, serve};

struct Running {
    address: SocketAddr,
    door: Door,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<std::io::Result<()>>,
}

async fn run(bounds: Bounds) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, door) = (listener.local_addr().unwrap(), Door::closed());
    let (stop, stopped) = oneshot::channel();
    let serving = serve(listener, door.clone(), bounds, async {
        let _ = stopped.await;
    });
    Running { address, door, stop, ended: tokio::spawn(serving) }
}

fn short() -> Bounds {
    Bounds { header: Duration::from_millis(300), grace: Duration::from_secs(2), ..Bounds::default() }
}

async fn talk(address: SocketAddr, text: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    timeout(Duration::from_secs(5), stream.read_to_end(&mut answer))
        .await
        .expect("the connection was not closed")
        .unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_closed_door_says_come_back_until_it_opens() {
    let (running, office) = (run(short()).await, office().await);
    let get = "GET /form HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let closed = talk(running.address, get).await;
    assert!(
        closed.starts_with("HTTP/1.1 503") && closed.contains("retry-after: 2") && closed.contains("nosniff"),
        "{closed}"
    );
    running.door.open(office.router.clone());
    assert!(talk(running.address, get).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_head_that_dribbles_is_cut_off() {
    let running = run(short()).await;
    let since = Instant::now();
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    for letter in "GET / HTTP/1.1\r\nhost: x\r\nx-a: aaaaaaaaaaaaaaaaaaaaaaaa".bytes() {
        if stream.write_all(&[letter]).await.is_err() {
            break;
        }
        sleep(Duration::from_millis(20)).await;
    }
    let mut rest = Vec::new();
    let _ = timeout(Duration::from_secs(5), stream.read_to_end(&mut rest)).await.expect("the connection stays open");
    assert!(since.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn a_connection_that_says_nothing_is_cut_off() {
    let running = run(short()).await;
    assert_eq!(talk(running.address, "").await, "");
}

#[tokio::test]
async fn a_body_that_dribbles_is_cut_off() {
    let (running, office) = (run(short()).await, office().await);
    running.door.open(office.router.clone());
    let head = "POST /save HTTP/1.1\r\nhost: x\r\ncookie: danvan=an\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 9000\r\n\r\n";
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let since = Instant::now();
    let dribble = async {
        // Each byte comes in time; all of them together do not.
        while stream.write_all(b"a").await.is_ok() {
            sleep(Duration::from_millis(100)).await;
            let mut answer = [0; 12];
            if let Ok(Ok(12)) = timeout(Duration::from_millis(1), stream.read_exact(&mut answer)).await {
                return String::from_utf8_lossy(&answer).into_owned();
            }
        }
        String::new()
    };
    assert_eq!(timeout(Duration::from_secs(5), dribble).await.expect("the body is still awaited"), "HTTP/1.1 503");
    assert!(since.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn a_reader_who_takes_nothing_is_left() {
    let running = run(Bounds { stall: Duration::from_millis(300), ..short() }).await;
    let big = axum::Router::new().route("/", axum::routing::get(|| async { vec![b'x'; 64 << 20] }));
    running.door.open(big);
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    sleep(Duration::from_secs(1)).await;
    let mut taken = Vec::new();
    let ended =
        timeout(Duration::from_secs(5), stream.read_to_end(&mut taken)).await.expect("the connection stays open");
    assert!(ended.is_err() || taken.len() < 64 << 20, "{} bytes were still sent", taken.len());
}

#[tokio::test]
async fn one_address_takes_only_its_share() {
    let running = run(Bounds { per_address: 2, header: Duration::from_secs(5), ..short() }).await;
    let mut held = Vec::new();
    for _ in 0..2 {
        held.push(TcpStream::connect(running.address).await.unwrap());
    }
    sleep(Duration::from_millis(100)).await;
    let mut third = TcpStream::connect(running.address).await.unwrap();
    let mut nothing = [0; 1];
    let read = timeout(Duration::from_secs(2), third.read(&mut nothing)).await.expect("the third was let in");
    assert!(matches!(read, Ok(0) | Err(_)));
    drop(held);
    sleep(Duration::from_millis(100)).await;
    assert!(
        talk(running.address, "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await
            .starts_with("HTTP/1.1 503")
    );
}

#[tokio::test]
async fn open_requests_end_before_the_server_does() {
    let running = run(short()).await;
    let slow = axum::Router::new().route(
        "/",
        axum::routing::get(|| async {
            sleep(Duration::from_millis(400)).await;
            "done"
        }),
    );
    running.door.open(slow);
    let asking = tokio::spawn(talk(running.address, "GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
    sleep(Duration::from_millis(100)).await;
    running.stop.send(()).unwrap();
    assert!(asking.await.unwrap().ends_with("done"));
    timeout(Duration::from_secs(2), running.ended).await.expect("the server goes on").unwrap().unwrap();
}

#[tokio::test]
async fn muddled_lengths_are_refused() {
    let (running, office) = (run(short()).await, office().await);
    running.door.open(office.router.clone());
    let answer =
        talk(running.address, "POST /send HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ncontent-length: 5\r\n\r\nabcde")
            .await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    // Both lengths at once: one answer, then the connection ends, and what hides behind is never read as a request.
    let both = "POST /send HTTP/1.1\r\nhost: x\r\ncontent-length: 6\r\ntransfer-encoding: chunked\r\n\r\n\
                0\r\n\r\nGET /form HTTP/1.1\r\nhost: x\r\n\r\n";
    let answer = talk(running.address, both).await;
    assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
}
