//! Makes the published model fit the runtime: its one `FusedMatMul`, an
//! operator of ONNX Runtime's own, becomes the two standard operators it is
//! short for. Everything else stays as it was, byte for byte.
//!
//! An ONNX file is a Protocol Buffers message; the field numbers used here are
//! those of `onnx.proto3` (ModelProto.graph 7; GraphProto.node 1;
//! NodeProto.input 1, output 2, name 3, op_type 4, attribute 5;
//! AttributeProto.name 1, f 2, i 3, ints 8, type 20).

use std::ops::Range;

const GRAPH: u64 = 7;
const NODE: u64 = 1;
const FUSED: &[u8] = b"FusedMatMul";
/// AttributeProto.type for a list of integers.
const INTS: u64 = 7;

/// The model with every `FusedMatMul` taken apart.
///
/// # Errors
/// A sentence, when the bytes are no ONNX model, when there is no such node, or
/// when one asks for more than transposing its first input.
pub fn patch(model: &[u8]) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(model.len() + 256);
    let mut patched = 0;
    for field in fields(model)? {
        if field.number != GRAPH {
            out.extend_from_slice(&model[field.whole]);
            continue;
        }
        let graph = patch_graph(&model[field.value()?], &mut patched)?;
        bytes_field(&mut out, GRAPH, &graph);
    }
    match patched {
        0 => Err("the model has no FusedMatMul to replace".into()),
        _ => Ok(out),
    }
}

fn patch_graph(graph: &[u8], patched: &mut usize) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(graph.len() + 256);
    for field in fields(graph)? {
        let node = match field.number {
            NODE => Node::parse(&graph[field.value()?])?,
            _ => None,
        };
        match node {
            None => out.extend_from_slice(&graph[field.whole]),
            Some(node) => {
                for part in node.parts()? {
                    bytes_field(&mut out, NODE, &part);
                }
                *patched += 1;
            }
        }
    }
    Ok(out)
}

/// A `FusedMatMul` node: its strings as they stand in the file.
#[derive(Default)]
struct Node<'a> {
    inputs: Vec<&'a [u8]>,
    outputs: Vec<&'a [u8]>,
    name: &'a [u8],
    /// Whether all it does is to transpose its first input and multiply.
    plain: bool,
}

impl<'a> Node<'a> {
    /// The node, or `None` when it is of another kind.
    fn parse(bytes: &'a [u8]) -> Result<Option<Self>, String> {
        let mut node = Node::default();
        let mut fused = false;
        let mut attributes = Vec::new();
        for field in fields(bytes)? {
            match field.number {
                1 => node.inputs.push(&bytes[field.value()?]),
                2 => node.outputs.push(&bytes[field.value()?]),
                3 => node.name = &bytes[field.value()?],
                4 => fused = &bytes[field.value()?] == FUSED,
                5 => attributes.push(&bytes[field.value()?]),
                _ => {}
            }
        }
        if !fused {
            return Ok(None);
        }
        let mut transposes = false;
        let mut others = false;
        for attribute in attributes {
            let (name, float, int) = scalar(attribute)?;
            match name {
                b"transA" => transposes = int == 1,
                b"alpha" => others |= float != 1.0,
                _ => others |= int != 0 || float != 0.0,
            }
        }
        node.plain = transposes && !others;
        Ok(Some(node))
    }

    /// `Transpose` and `MatMul`, in the order the graph must list them.
    fn parts(&self) -> Result<[Vec<u8>; 2], String> {
        let ([a, b], [y]) = (&self.inputs[..], &self.outputs[..]) else {
            return Err("a FusedMatMul has other than two inputs and one output".into());
        };
        if !self.plain {
            return Err("a FusedMatMul does more than transpose its first input".into());
        }
        let turned = [self.name, b"turned"].concat();
        let mut perm = Vec::new();
        bytes_field(&mut perm, 1, b"perm");
        for axis in [0, 2, 1] {
            int_field(&mut perm, 8, axis);
        }
        int_field(&mut perm, 20, INTS);

        let mut transpose = Vec::new();
        bytes_field(&mut transpose, 1, a);
        bytes_field(&mut transpose, 2, &turned);
        bytes_field(&mut transpose, 3, &turned);
        bytes_field(&mut transpose, 4, b"Transpose");
        bytes_field(&mut transpose, 5, &perm);

        let mut matmul = Vec::new();
        bytes_field(&mut matmul, 1, &turned);
        bytes_field(&mut matmul, 1, b);
        bytes_field(&mut matmul, 2, y);
        bytes_field(&mut matmul, 3, self.name);
        bytes_field(&mut matmul, 4, b"MatMul");
        Ok([transpose, matmul])
    }
}

/// Name, float and integer of an attribute; what it does not hold is 0.
fn scalar(attribute: &[u8]) -> Result<(&[u8], f32, u64), String> {
    let (mut name, mut float, mut int) = (&attribute[..0], 0.0, 0);
    for field in fields(attribute)? {
        match (field.number, field.payload) {
            (1, Payload::Bytes(range)) => name = &attribute[range],
            (2, Payload::Fixed32(bits)) => float = f32::from_bits(bits),
            (3, Payload::Varint(value)) => int = value,
            _ => {}
        }
    }
    Ok((name, float, int))
}

/// One field of a message.
struct Field {
    number: u64,
    payload: Payload,
    /// Key and payload, as they stand in the message.
    whole: Range<usize>,
}

enum Payload {
    Varint(u64),
    Fixed64,
    Fixed32(u32),
    Bytes(Range<usize>),
}

impl Field {
    /// Where its bytes stand.
    fn value(&self) -> Result<Range<usize>, String> {
        match &self.payload {
            Payload::Bytes(range) => Ok(range.clone()),
            _ => Err(format!("field {} is no message", self.number)),
        }
    }
}

const BROKEN: &str = "the file ends inside a field, or is no ONNX model";

/// The fields of a message, in order.
fn fields(message: &[u8]) -> Result<Vec<Field>, String> {
    let mut fields = Vec::new();
    let mut at = 0;
    while at < message.len() {
        let start = at;
        let key = varint(message, &mut at)?;
        let payload = match key & 7 {
            0 => Payload::Varint(varint(message, &mut at)?),
            1 => {
                at += 8;
                Payload::Fixed64
            }
            2 => {
                let length = usize::try_from(varint(message, &mut at)?).map_err(|_| BROKEN)?;
                let end = at.checked_add(length).ok_or(BROKEN)?;
                let range = at..end;
                at = end;
                Payload::Bytes(range)
            }
            5 => {
                let bits = message.get(at..at + 4).and_then(|b| b.try_into().ok());
                at += 4;
                Payload::Fixed32(u32::from_le_bytes(bits.ok_or(BROKEN)?))
            }
            _ => return Err(BROKEN.into()),
        };
        if at > message.len() {
            return Err(BROKEN.into());
        }
        fields.push(Field {
            number: key >> 3,
            payload,
            whole: start..at,
        });
    }
    Ok(fields)
}

fn varint(message: &[u8], at: &mut usize) -> Result<u64, String> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = *message.get(*at).ok_or(BROKEN)?;
        *at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(BROKEN.into())
}

fn push_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn int_field(out: &mut Vec<u8>, number: u64, value: u64) {
    push_varint(out, number << 3);
    push_varint(out, value);
}

fn bytes_field(out: &mut Vec<u8>, number: u64, bytes: &[u8]) {
    push_varint(out, number << 3 | 2);
    push_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
#[path = "patch_tests.rs"]
pub(crate) mod tests;
