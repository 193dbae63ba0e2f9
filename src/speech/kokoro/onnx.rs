//! The one change that the published model needs before the runtime takes it:
//! its single `FusedMatMul` (an ONNX Runtime speciality, here with `transA`)
//! becomes a `Transpose` and a `MatMul`, which mean the same.
//!
//! An ONNX file is one Protocol Buffers message. Only the fields on the way to
//! that node are looked at; every other byte is copied as it stands, so the
//! result is the same wherever it is made. Field numbers are those of
//! `onnx.proto` (onnx/onnx, Apache-2.0).

use crate::diag::{Fault, Result};

/// `ModelProto.graph` and `GraphProto.node`.
const MODEL_GRAPH: u64 = 7;
const GRAPH_NODE: u64 = 1;
/// Fields of `NodeProto`.
const NODE_INPUT: u64 = 1;
const NODE_OUTPUT: u64 = 2;
const NODE_NAME: u64 = 3;
const NODE_OP: u64 = 4;
const NODE_ATTRIBUTE: u64 = 5;
const NODE_DOMAIN: u64 = 7;
/// Fields of `AttributeProto`, and its type for a list of integers.
const ATTR_NAME: u64 = 1;
const ATTR_FLOAT: u64 = 2;
const ATTR_INT: u64 = 3;
const ATTR_INTS: u64 = 8;
const ATTR_TYPE: u64 = 20;
const TYPE_INTS: u64 = 7;

/// Replaces the model's one `FusedMatMul` (transA = 1, everything else at its
/// default, three dimensions) by `Transpose(perm 0, 2, 1)` and `MatMul`.
///
/// # Errors
/// A fault when the bytes are no ONNX model, when there is not exactly one such
/// node, or when it has other settings.
pub(crate) fn patch(model: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(model.len() + 256);
    let mut found = 0;
    for field in Fields(model) {
        let field = field?;
        match field.payload {
            Payload::Bytes(graph) if field.number == MODEL_GRAPH => {
                let graph = patch_graph(graph, &mut found)?;
                put_bytes(&mut out, MODEL_GRAPH, &graph);
            }
            _ => out.extend_from_slice(field.raw),
        }
    }
    match found {
        1 => Ok(out),
        n => Err(Fault::new(format!(
            "the model has {n} FusedMatMul nodes where one was expected"
        ))),
    }
}

fn patch_graph(graph: &[u8], found: &mut usize) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(graph.len() + 256);
    for field in Fields(graph) {
        let field = field?;
        match field.payload {
            Payload::Bytes(bytes) if field.number == GRAPH_NODE => {
                let node = NodeView::read(bytes)?;
                if node.op == "FusedMatMul" {
                    *found += 1;
                    replace(&node, &mut out)?;
                } else {
                    out.extend_from_slice(field.raw);
                }
            }
            _ => out.extend_from_slice(field.raw),
        }
    }
    Ok(out)
}

/// What matters of a node.
struct NodeView<'a> {
    inputs: Vec<&'a str>,
    outputs: Vec<&'a str>,
    name: &'a str,
    op: &'a str,
    domain: &'a str,
    attributes: Vec<&'a [u8]>,
}

impl<'a> NodeView<'a> {
    fn read(node: &'a [u8]) -> Result<Self> {
        let mut view = NodeView {
            inputs: Vec::new(),
            outputs: Vec::new(),
            name: "",
            op: "",
            domain: "",
            attributes: Vec::new(),
        };
        for field in Fields(node) {
            let field = field?;
            let Payload::Bytes(bytes) = field.payload else {
                continue;
            };
            match field.number {
                NODE_INPUT => view.inputs.push(text(bytes)?),
                NODE_OUTPUT => view.outputs.push(text(bytes)?),
                NODE_NAME => view.name = text(bytes)?,
                NODE_OP => view.op = text(bytes)?,
                NODE_DOMAIN => view.domain = text(bytes)?,
                NODE_ATTRIBUTE => view.attributes.push(bytes),
                _ => {}
            }
        }
        Ok(view)
    }
}

fn replace(node: &NodeView, graph: &mut Vec<u8>) -> Result<()> {
    let (&[a, b], &[result]) = (&node.inputs[..], &node.outputs[..]) else {
        return Err(unexpected("its number of inputs and outputs"));
    };
    if node.domain != "com.microsoft" {
        return Err(unexpected("its domain"));
    }
    for attribute in &node.attributes {
        check_attribute(attribute)?;
    }
    let turned = format!("{a}/tingbao_transposed");

    let mut perm = Vec::new();
    put_bytes(&mut perm, ATTR_NAME, b"perm");
    for axis in [0, 2, 1] {
        put_varint_field(&mut perm, ATTR_INTS, axis);
    }
    put_varint_field(&mut perm, ATTR_TYPE, TYPE_INTS);

    let mut transpose = Vec::new();
    put_bytes(&mut transpose, NODE_INPUT, a.as_bytes());
    put_bytes(&mut transpose, NODE_OUTPUT, turned.as_bytes());
    let name = format!("{}tingbao_transpose", node.name);
    put_bytes(&mut transpose, NODE_NAME, name.as_bytes());
    put_bytes(&mut transpose, NODE_OP, b"Transpose");
    put_bytes(&mut transpose, NODE_ATTRIBUTE, &perm);
    put_bytes(graph, GRAPH_NODE, &transpose);

    let mut product = Vec::new();
    put_bytes(&mut product, NODE_INPUT, turned.as_bytes());
    put_bytes(&mut product, NODE_INPUT, b.as_bytes());
    put_bytes(&mut product, NODE_OUTPUT, result.as_bytes());
    put_bytes(&mut product, NODE_NAME, node.name.as_bytes());
    put_bytes(&mut product, NODE_OP, b"MatMul");
    put_bytes(graph, GRAPH_NODE, &product);
    Ok(())
}

/// Accepts `transA = 1`, `alpha = 1` and zeros; anything else would mean
/// another sum than the one put in its place.
fn check_attribute(attribute: &[u8]) -> Result<()> {
    let (mut name, mut int, mut float) = ("", 0, 0.0);
    for field in Fields(attribute) {
        let field = field?;
        match (field.number, field.payload) {
            (ATTR_NAME, Payload::Bytes(bytes)) => name = text(bytes)?,
            (ATTR_INT, Payload::Varint(v)) => int = v,
            (ATTR_FLOAT, Payload::Fixed32(v)) => float = f32::from_le_bytes(v),
            _ => {}
        }
    }
    let wanted = match name {
        "transA" => int == 1,
        "transB" | "transBatchA" | "transBatchB" => int == 0,
        "alpha" => float == 1.0,
        _ => false,
    };
    if wanted {
        Ok(())
    } else {
        Err(unexpected(&format!("its attribute `{name}`")))
    }
}

fn unexpected(what: &str) -> Fault {
    Fault::new(format!(
        "the model's FusedMatMul is not the one expected: {what} differs"
    ))
}

fn malformed() -> Fault {
    Fault::new("the model file is not a well-formed ONNX model")
}

fn text(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes).map_err(|_| malformed())
}

/// One field of a message: its number, its value, and its bytes, key and all.
struct Field<'a> {
    number: u64,
    payload: Payload<'a>,
    raw: &'a [u8],
}

enum Payload<'a> {
    Varint(u64),
    Fixed32([u8; 4]),
    Fixed64,
    Bytes(&'a [u8]),
}

/// The fields of a message, in the order of the file.
struct Fields<'a>(&'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = Result<Field<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field().ok_or_else(malformed);
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

impl<'a> Fields<'a> {
    fn field(&mut self) -> Option<Field<'a>> {
        let start = self.0;
        let key = self.varint()?;
        let payload = match key & 7 {
            0 => Payload::Varint(self.varint()?),
            1 => self.take(8).map(|_| Payload::Fixed64)?,
            2 => {
                let len = self.varint()?;
                Payload::Bytes(self.take(usize::try_from(len).ok()?)?)
            }
            5 => Payload::Fixed32(self.take(4)?.try_into().ok()?),
            _ => return None,
        };
        Some(Field {
            number: key >> 3,
            payload,
            raw: &start[..start.len() - self.0.len()],
        })
    }

    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(n)?;
        self.0 = tail;
        Some(head)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn put_varint_field(out: &mut Vec<u8>, number: u64, value: u64) {
    put_varint(out, number << 3);
    put_varint(out, value);
}

fn put_bytes(out: &mut Vec<u8>, number: u64, bytes: &[u8]) {
    put_varint(out, number << 3 | 2);
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rten::{Model, Value};

    fn message(parts: &[(u64, &[u8])]) -> Vec<u8> {
        let mut out = Vec::new();
        for (number, bytes) in parts {
            put_bytes(&mut out, *number, bytes);
        }
        out
    }

    fn int_attribute(name: &str, value: u64) -> Vec<u8> {
        let mut out = message(&[(ATTR_NAME, name.as_bytes())]);
        put_varint_field(&mut out, ATTR_INT, value);
        put_varint_field(&mut out, ATTR_TYPE, 2);
        out
    }

    /// A float tensor `name` of shape [1, ?, ?], as `ValueInfoProto`.
    fn value(name: &str) -> Vec<u8> {
        let mut tensor = Vec::new();
        put_varint_field(&mut tensor, 1, 1);
        let kind = message(&[(1, &tensor)]);
        message(&[(1, name.as_bytes()), (2, &kind)])
    }

    /// y = aᵀ·b with the node under test.
    fn model(attributes: &[Vec<u8>], nodes: usize) -> Vec<u8> {
        let mut node = message(&[
            (NODE_INPUT, b"a"),
            (NODE_INPUT, b"b"),
            (NODE_OUTPUT, b"y"),
            (NODE_NAME, b"product"),
            (NODE_OP, b"FusedMatMul"),
            (NODE_DOMAIN, b"com.microsoft"),
        ]);
        for a in attributes {
            put_bytes(&mut node, NODE_ATTRIBUTE, a);
        }
        let mut graph = Vec::new();
        for _ in 0..nodes {
            put_bytes(&mut graph, GRAPH_NODE, &node);
        }
        put_bytes(&mut graph, 2, b"graph");
        put_bytes(&mut graph, 11, &value("a"));
        put_bytes(&mut graph, 11, &value("b"));
        put_bytes(&mut graph, 12, &value("y"));
        let mut opset = message(&[(1, b"")]);
        put_varint_field(&mut opset, 2, 20);
        let mut out = Vec::new();
        put_varint_field(&mut out, 1, 9);
        put_bytes(&mut out, MODEL_GRAPH, &graph);
        put_bytes(&mut out, 8, &opset);
        out
    }

    #[test]
    fn the_patched_model_computes_the_product() {
        let patched = patch(&model(&[int_attribute("transA", 1)], 1)).unwrap();
        let model = Model::load(patched).unwrap();
        let a = Value::from_shape([1, 2, 3], vec![1.0f32, 2.0, 3.0, 4.0, 5.0, 6.0]).unwrap();
        let b = Value::from_shape([1, 2, 1], vec![10.0f32, 100.0]).unwrap();
        let inputs = vec![
            (model.node_id("a").unwrap(), a.into()),
            (model.node_id("b").unwrap(), b.into()),
        ];
        let [y] = model
            .run_n(inputs, [model.node_id("y").unwrap()], None)
            .unwrap();
        let (shape, y) = y.into_shape_vec::<f32, 3>().unwrap();
        assert_eq!(shape, [1, 3, 1]);
        assert_eq!(y, [410.0, 520.0, 630.0]);
    }

    #[test]
    fn all_other_bytes_stay_as_they_are() {
        let before = model(&[int_attribute("transA", 1)], 1);
        let after = patch(&before).unwrap();
        let tail = |m: &[u8]| m[m.len() - 6..].to_vec();
        assert_eq!(tail(&before), tail(&after));
        assert_eq!(after, patch(&before).unwrap());
        let again = patch(&after).unwrap_err();
        assert!(again.message.contains("0 FusedMatMul"), "{again}");
    }

    #[test]
    fn a_node_with_other_settings_is_refused() {
        for odd in [int_attribute("transB", 1), int_attribute("beta", 0)] {
            let fault = patch(&model(&[odd], 1)).unwrap_err();
            assert!(fault.message.contains("differs"), "{fault}");
        }
        assert!(patch(&model(&[], 2)).unwrap_err().message.contains("2 Fused"));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = patch(&bytes);
        }

        #[test]
        fn no_truncation_makes_it_panic(cut in 0usize..200) {
            let whole = model(&[int_attribute("transA", 1)], 1);
            let _ = patch(&whole[..cut.min(whole.len())]);
        }
    }
}
