//! The one expression language: CEL, compiled once, typed against its register before anything runs.

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use cel::{
    Context, Env, IdedExpr, Program, Value,
    common::ast::{Expr, LiteralValue, operators as op},
};
use kernel::Refusal;
use serde_json::Value as Json;

static ENV: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(Env::stdlib()));

/// What an expression may name, and of what type it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    Bool,
    Int,
    Double,
    /// A word out of a known list, or any text.
    Text(Option<Arc<Vec<String>>>),
    List(Box<Type>),
    Row(Names),
    Null,
    Any,
}

pub type Names = Arc<BTreeMap<String, Type>>;

/// A compiled expression.
pub struct Expression {
    source: String,
    program: Program,
}

impl std::fmt::Debug for Expression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.source)
    }
}

impl Expression {
    /// Compiles a text; the refusal tells the position and the parser's own words.
    pub fn compile(source: &str) -> Result<Self, Refusal> {
        let program = ENV.compile(source).map_err(|errors| {
            let first = errors.errors.first();
            Refusal::new("pack.expression_unreadable")
                .with("expression", source)
                .with("column", first.map_or(1, |error| error.pos.1))
                .with("reason", first.map_or_else(String::new, |error| error.msg.clone()))
        })?;
        Ok(Self { source: source.to_owned(), program })
    }

    pub fn source(&self) -> &str {
        &self.source
    }

    /// The names it reads, outermost first segments only.
    pub fn reads(&self) -> Vec<String> {
        self.program
            .references()
            .variables()
            .into_iter()
            .filter(|name| !name.starts_with('@'))
            .map(str::to_owned)
            .collect()
    }

    /// The type of the whole, or what in it cannot be right.
    pub fn check(&self, names: &Names) -> Result<Type, Refusal> {
        infer(self.program.expression(), names).map_err(|refusal| refusal.with("expression", &self.source))
    }

    /// Its value over `values`. A missing value is null; a comparison with it does not hold.
    pub fn value(&self, values: &Values) -> Option<Value> {
        let mut context = Context::with_env(Arc::clone(&ENV));
        for name in self.reads() {
            context.add_variable_from_value(name.clone(), values.0.get(&name).cloned().unwrap_or(Value::Null));
        }
        self.program.execute(&context).ok()
    }

    /// Whether it holds. What cannot be told (a missing number compared) does not hold.
    pub fn holds(&self, values: &Values) -> bool {
        matches!(self.value(values), Some(Value::Bool(true)))
    }

    pub(crate) fn tree(&self) -> &IdedExpr {
        self.program.expression()
    }
}

/// The names and values an expression runs over.
#[derive(Clone, Debug, Default)]
pub struct Values(BTreeMap<String, Value>);

impl Values {
    pub fn set(&mut self, name: impl Into<String>, value: &Json) {
        self.0.insert(name.into(), cel_value(value));
    }
}

fn cel_value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => {
            number.as_i64().map_or_else(|| Value::Float(number.as_f64().unwrap_or_default()), Value::Int)
        }
        Json::String(text) => Value::String(Arc::new(text.clone())),
        Json::Array(items) => Value::List(Arc::new(items.iter().map(cel_value).collect())),
        Json::Object(map) => {
            let entries: std::collections::HashMap<String, Value> =
                map.iter().map(|(key, value)| (key.clone(), cel_value(value))).collect();
            Value::Map(entries.into())
        }
    }
}

fn unknown(name: &str, names: &Names) -> Refusal {
    Refusal::new("pack.expression_unknown_name").with("name", name).with("nearest", nearest(name, names.keys()))
}

/// The known word most like `word`, so that a fault can say what would be right.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a String>) -> String {
    // Of equally near ones, that which begins alike.
    let alike = |known: &str| word.chars().zip(known.chars()).take_while(|(a, b)| a == b).count();
    known.into_iter().min_by_key(|known| (distance(word, known), Reverse(alike(known)))).cloned().unwrap_or_default()
}

/// How many letters must change to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = (diagonal + usize::from(x != *y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

fn infer(node: &IdedExpr, names: &Names) -> Result<Type, Refusal> {
    match &node.expr {
        Expr::Unspecified | Expr::Map(_) | Expr::Struct(_) => Ok(Type::Any),
        Expr::Literal(literal) => Ok(match literal {
            LiteralValue::Boolean(_) => Type::Bool,
            LiteralValue::Int(_) | LiteralValue::UInt(_) => Type::Int,
            LiteralValue::Double(_) => Type::Double,
            LiteralValue::Null => Type::Null,
            LiteralValue::String(text) => Type::Text(Some(Arc::new(vec![text.inner().to_string()]))),
            LiteralValue::Bytes(_) => Type::Any,
        }),
        Expr::Ident(name) if name.starts_with('@') => Ok(Type::Any),
        Expr::Ident(name) => names.get(name).cloned().ok_or_else(|| unknown(name, names)),
        Expr::Select(select) => match infer(&select.operand, names)? {
            Type::Row(fields) => fields.get(&select.field).cloned().ok_or_else(|| unknown(&select.field, &fields)),
            Type::Any => Ok(Type::Any),
            _ => Err(Refusal::new("pack.expression_no_parts").with("name", &select.field)),
        },
        Expr::List(list) => {
            let mut words = Vec::new();
            let mut kind = Type::Any;
            for element in &list.elements {
                kind = infer(element, names)?;
                if let Type::Text(Some(known)) = &kind {
                    words.extend(known.iter().cloned());
                }
            }
            if !words.is_empty() {
                kind = Type::Text(Some(Arc::new(words)));
            }
            Ok(Type::List(Box::new(kind)))
        }
        Expr::Comprehension(comprehension) => {
            let element = match infer(&comprehension.iter_range, names)? {
                Type::List(element) => *element,
                Type::Any => Type::Any,
                _ => return Err(Refusal::new("pack.expression_not_a_list")),
            };
            let mut inner = (**names).clone();
            inner.insert(comprehension.iter_var.clone(), element);
            inner.insert(comprehension.accu_var.clone(), Type::Any);
            let inner = Arc::new(inner);
            infer(&comprehension.loop_cond, &inner)?;
            infer(&comprehension.loop_step, &inner)?;
            infer(&comprehension.result, &inner)
        }
        Expr::Call(call) => infer_call(&call.func_name, call.target.as_deref(), &call.args, names),
    }
}

fn infer_call(name: &str, target: Option<&IdedExpr>, args: &[IdedExpr], names: &Names) -> Result<Type, Refusal> {
    let types: Vec<Type> = target.into_iter().chain(args).map(|arg| infer(arg, names)).collect::<Result<_, _>>()?;
    let want = |kinds: &[fn(&Type) -> bool]| {
        for kind in types.iter().filter(|kind| !matches!(kind, Type::Any | Type::Null)) {
            if !kinds.iter().any(|is| is(kind)) {
                return Err(Refusal::new("pack.expression_wrong_kind")
                    .with("operator", plain(name))
                    .with("kind", kind.name()));
            }
        }
        Ok(())
    };
    let is_bool: fn(&Type) -> bool = |kind| matches!(kind, Type::Bool);
    let is_number: fn(&Type) -> bool = |kind| matches!(kind, Type::Int | Type::Double);
    let is_text: fn(&Type) -> bool = |kind| matches!(kind, Type::Text(_));
    match name {
        op::LOGICAL_AND | op::LOGICAL_OR | op::LOGICAL_NOT => want(&[is_bool]).map(|()| Type::Bool),
        op::NOT_STRICTLY_FALSE => Ok(Type::Bool),
        op::EQUALS | op::NOT_EQUALS | op::LESS | op::LESS_EQUALS | op::GREATER | op::GREATER_EQUALS => {
            same_kind(name, &types)?;
            Ok(Type::Bool)
        }
        op::ADD | op::SUBSTRACT | op::MULTIPLY | op::DIVIDE | op::MODULO | op::NEGATE => {
            if name == op::ADD && types.iter().all(|kind| matches!(kind, Type::List(_) | Type::Any)) {
                return Ok(Type::Any);
            }
            if name == op::ADD { want(&[is_number, is_text]) } else { want(&[is_number]) }?;
            same_kind(name, &types)?;
            Ok(types.into_iter().find(|kind| !matches!(kind, Type::Any)).unwrap_or(Type::Any))
        }
        op::IN => {
            if let [one, Type::List(element)] = types.as_slice() {
                same_kind(name, &[one.clone(), (**element).clone()])?;
            }
            Ok(Type::Bool)
        }
        op::CONDITIONAL => Ok(types.into_iter().nth(1).unwrap_or(Type::Any)),
        op::INDEX => Ok(match types.into_iter().next() {
            Some(Type::List(element)) => *element,
            _ => Type::Any,
        }),
        "size" => Ok(Type::Int),
        "contains" | "startsWith" | "endsWith" => {
            want(&[is_text, |kind| matches!(kind, Type::List(_))]).map(|()| Type::Bool)
        }
        "int" | "double" | "string" => Ok(Type::Any),
        _ => Err(Refusal::new("pack.expression_unknown_function").with("name", name)),
    }
}

/// CEL compares only what is of one kind; a word must be one of the choices.
fn same_kind(operator: &str, types: &[Type]) -> Result<(), Refusal> {
    let [a, b] = types else { return Ok(()) };
    match (a, b) {
        (Type::Text(Some(a)), Type::Text(Some(b))) if operator != op::ADD => {
            // One side is written in the expression; each of its words must be known to the other.
            let (known, said) = if a.len() >= b.len() { (a, b) } else { (b, a) };
            match said.iter().find(|word| !known.contains(word)) {
                Some(word) if known.len() > 1 || said.len() > 1 => Err(Refusal::new("pack.expression_unknown_choice")
                    .with("choice", word)
                    .with("nearest", nearest(word, known.iter()))),
                _ => Ok(()),
            }
        }
        (Type::Any | Type::Null, _) | (_, Type::Any | Type::Null) | (Type::Text(_), Type::Text(_)) => Ok(()),
        (a, b) if std::mem::discriminant(a) == std::mem::discriminant(b) => Ok(()),
        (a, b) => Err(Refusal::new("pack.expression_two_kinds")
            .with("operator", plain(operator))
            .with("a", a.name())
            .with("b", b.name())),
    }
}

fn plain(operator: &str) -> String {
    operator.trim_matches(['_', '@']).to_owned()
}

impl Type {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Type::Bool => "yes/no",
            Type::Int => "integer",
            Type::Double => "decimal",
            Type::Text(_) => "text",
            Type::List(_) => "list",
            Type::Row(_) => "row",
            Type::Null => "null",
            Type::Any => "any",
        }
    }
}
