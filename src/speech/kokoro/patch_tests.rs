//! A model made by hand: Y = transpose(A) · B, A [1, 2, 3], B [1, 2, 1].

use super::*;
use rten::Model;
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

fn attribute(name: &str, int: Option<u64>, float: Option<f32>) -> Vec<u8> {
    let mut a = Vec::new();
    bytes_field(&mut a, 1, name.as_bytes());
    if let Some(f) = float {
        a.push(2 << 3 | 5);
        a.extend_from_slice(&f.to_le_bytes());
        int_field(&mut a, 20, 1);
    }
    if let Some(i) = int {
        int_field(&mut a, 3, i);
        int_field(&mut a, 20, 2);
    }
    a
}

fn value_info(name: &str) -> Vec<u8> {
    let mut tensor = Vec::new();
    int_field(&mut tensor, 1, 1);
    let mut kind = Vec::new();
    bytes_field(&mut kind, 1, &tensor);
    let mut v = Vec::new();
    bytes_field(&mut v, 1, name.as_bytes());
    bytes_field(&mut v, 2, &kind);
    v
}

fn opset(domain: &str, version: u64) -> Vec<u8> {
    let mut o = Vec::new();
    bytes_field(&mut o, 1, domain.as_bytes());
    int_field(&mut o, 2, version);
    o
}

/// That model, with the node's kind and settings as given.
pub(crate) fn model(op: &str, trans_a: u64, alpha: f32, trans_b: u64) -> Vec<u8> {
    let mut node = Vec::new();
    bytes_field(&mut node, 1, b"a");
    bytes_field(&mut node, 1, b"b");
    bytes_field(&mut node, 2, b"y");
    bytes_field(&mut node, 3, b"/fused/");
    bytes_field(&mut node, 4, op.as_bytes());
    for a in [
        attribute("transA", Some(trans_a), None),
        attribute("alpha", None, Some(alpha)),
        attribute("transB", Some(trans_b), None),
        attribute("transBatchA", Some(0), None),
    ] {
        bytes_field(&mut node, 5, &a);
    }
    bytes_field(&mut node, 7, b"com.microsoft");
    let mut graph = Vec::new();
    bytes_field(&mut graph, 1, &node);
    bytes_field(&mut graph, 2, b"g");
    bytes_field(&mut graph, 11, &value_info("a"));
    bytes_field(&mut graph, 11, &value_info("b"));
    bytes_field(&mut graph, 12, &value_info("y"));
    let mut m = Vec::new();
    int_field(&mut m, 1, 9);
    bytes_field(&mut m, 2, b"by hand");
    bytes_field(&mut m, 7, &graph);
    bytes_field(&mut m, 8, &opset("", 20));
    bytes_field(&mut m, 8, &opset("com.microsoft", 1));
    m
}

#[test]
fn the_patched_model_computes_what_the_node_meant() {
    let fused = model("FusedMatMul", 1, 1.0, 0);
    assert!(Model::load(fused.clone()).is_err(), "the patch is needless");
    let patched = Model::load(patch(&fused).unwrap()).unwrap();
    let a = NdTensor::from_data([1, 2, 3], vec![1.0f32, 2.0, 3.0, 4.0, 5.0, 6.0]);
    let b = NdTensor::from_data([1, 2, 1], vec![1.0f32, 10.0]);
    let id = |name| patched.node_id(name).unwrap();
    let [y] = patched
        .run_n(
            vec![(id("a"), a.view().into()), (id("b"), b.view().into())],
            [id("y")],
            None,
        )
        .unwrap();
    let y: NdTensor<f32, 3> = y.try_into().unwrap();
    assert_eq!(y.shape(), [1, 3, 1]);
    assert_eq!(y.to_vec(), [41.0, 52.0, 63.0]);
}

#[test]
fn everything_else_stays_as_it_was() {
    let fused = model("FusedMatMul", 1, 1.0, 0);
    let patched = patch(&fused).unwrap();
    assert_eq!(patched, patch(&fused).unwrap());
    let tail = &fused[fused.len() - 40..];
    assert!(patched.ends_with(tail));
    assert!(patched.starts_with(&fused[..11]));
    assert!(patch(&patched).unwrap_err().contains("no FusedMatMul"));
}

#[test]
fn a_node_that_means_more_is_refused() {
    for (trans_a, alpha, trans_b) in [(0, 1.0, 0), (1, 0.5, 0), (1, 1.0, 1)] {
        let e = patch(&model("FusedMatMul", trans_a, alpha, trans_b)).unwrap_err();
        assert!(e.contains("more than transpose"), "{e}");
    }
    assert!(patch(&model("MatMul", 1, 1.0, 0)).is_err());
}

#[test]
fn a_damaged_model_is_refused_not_followed() {
    let whole = model("FusedMatMul", 1, 1.0, 0);
    for end in 0..whole.len() {
        let _ = patch(&whole[..end]);
    }
    for i in 0..whole.len() {
        let mut bad = whole.clone();
        bad[i] ^= 0xff;
        let _ = patch(&bad);
    }
    assert!(patch(b"\xff\xff\xff").is_err());
    assert!(
        patch(&[
            0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01
        ])
        .is_err()
    );
}
