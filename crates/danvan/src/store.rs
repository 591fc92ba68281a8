//! SQL about the instance itself: its settings, its generation, the node numbers of its servers.

use db::{Result, Tx, args};
use pack::source::Layer;

const GET: &str = "select value from instance where key = $1";
const SET: &str =
    "insert into instance (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value";
const UNSET: &str = "delete from instance where key = $1";
const FREE_NODES: &str = "delete from node where until_ms < $1";
const NODES: &str = "select number from node order by number";
const LEASE: &str = "insert into node (number, until_ms) values ($1, $2) on conflict (number) do update set until_ms = excluded.until_ms";

pub(crate) const GENERATION: &str = "generation";
pub(crate) const OVERLAY: &str = "pack.overlay";
pub(crate) const REBUILDING: &str = "figures.rebuilding";
/// By which definitions of figures the ledger was written.
pub(crate) const FIGURES: &str = "figures.written";
pub(crate) const DEMO_SINCE: &str = "demo.since";

pub(crate) async fn setting(tx: &mut Tx, key: &str) -> Result<Option<String>> {
    Ok(tx.maybe::<(String,)>(GET, args![key]).await?.map(|(value,)| value))
}

/// The layers laid upon the base pack, in order.
pub(crate) async fn layers(tx: &mut Tx) -> Result<Vec<Layer>> {
    Ok(setting(tx, OVERLAY).await?.map(|text| serde_json::from_str(&text)).transpose()?.unwrap_or_default())
}

/// Takes a setting away.
pub(crate) async fn unset(tx: &mut Tx, key: &str) -> Result<()> {
    tx.run(UNSET, args![key]).await.map(|_| ())
}

pub(crate) async fn set(tx: &mut Tx, key: &str, value: &str) -> Result<()> {
    tx.run(SET, args![key, value]).await.map(|_| ())
}

/// The number that every change of units, posts, calendar or pack raises.
pub(crate) async fn generation(tx: &mut Tx) -> Result<i64> {
    Ok(setting(tx, GENERATION).await?.and_then(|text| text.parse().ok()).unwrap_or(0))
}

pub(crate) async fn raise_generation(tx: &mut Tx) -> Result<i64> {
    let next = generation(tx).await? + 1;
    set(tx, GENERATION, &next.to_string()).await?;
    Ok(next)
}

/// Takes the first node number that no living server holds.
pub(crate) async fn lease_node(tx: &mut Tx, now_ms: i64, until_ms: i64) -> Result<u8> {
    tx.hold(0x6e6f_6465).await?;
    tx.run(FREE_NODES, args![now_ms]).await?;
    let taken: Vec<(i64,)> = tx.all(NODES, args![]).await?;
    let free = (0..=255_u8).find(|number| taken.iter().all(|(known,)| *known != i64::from(*number)));
    let number = free.ok_or_else(|| db::Stop::fault("256 servers hold a node number"))?;
    keep_node(tx, number, until_ms).await?;
    Ok(number)
}

pub(crate) async fn keep_node(tx: &mut Tx, number: u8, until_ms: i64) -> Result<()> {
    tx.run(LEASE, args![i64::from(number), until_ms]).await.map(|_| ())
}
