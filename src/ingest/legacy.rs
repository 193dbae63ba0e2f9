//! Which of the old Chinese encodings a file is in.
//!
//! The bytes of GBK and Big5 overlap: a text of one nearly always decodes as
//! the other too, into characters that hardly anybody writes. So both are tried,
//! and the one whose characters are the commoner is right.

use encoding_rs::{BIG5, Encoding, GB18030};

use super::glyph::is_han;

/// The characters that make up more than half of any text, simplified and
/// traditional, in the order of their code points.
const COMMON: &str = "一七万三上下不与专世业东两严个中为主么义之九也习书了事二于五些交产京亲人今从他代以们件价会传但位低住体作你使來便保個們候\
    值做健備傳儿先入內全兩八公六共关其具养内再写农况准几出分切划列则利到制前力办加务动劳動務包化北区医區十千半单南即厂历压原\
    去县参參又及反发取受变口只叫可史号各合同名后向听周和咨品响員商問單器四回因团国图圆國圖團在地场址基報場增壓声处备复外多大\
    天太头她好如始子存学學它安完定实家容實对将對小就局层居展属山工己已市布带常平年并广应府度康廣建开引张張强当形影往很律後得\
    從心快性总情想意感應成我或所手才打技把报拉持指按据接提收改放政效教数整文料断新方族日时明易是時更書最會月有服期本机权条来\
    東构林果查标样根格條業樂樓樣機權次正此步歲歷段每比毛民气氣水求江没治法活派海消深清温溫满灣火点為热無然照片物特状率王现現\
    理生產用由电界當療發百的目相省看真眼着知示社离种科积称種究空立第等算管節米精系約素結給經線總红约级线组细经结给维置義習老\
    者而联聲育能自至臺與般色节花萬處號行街表被西要見觀见观规解計記設診詢話認說請論謝證議讀變讓计认记论设证识话询该说调貴買賣\
    質质资走起路身車轉车转较辦过运近还这进连适选這通造連進過道還邊那部都酸醫采里重量金铁長长門開間閱關门问间队际院除際难集離\
    難電需青非面音響領題须题飯養館馬马验體高麼點";
/// So large a share of a text's Chinese characters at least is common.
const LEAST: f32 = 0.3;
/// How far a file is looked at, in bytes.
const LOOK: usize = 64 << 10;

/// GB18030 or Big5, whichever makes the bytes a Chinese text; `None` when
/// neither does.
pub(super) fn encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let bytes = &bytes[..bytes.len().min(LOOK)];
    let shares = [GB18030, BIG5].map(|e| (share(bytes, e), e));
    let best = shares.into_iter().max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 >= LEAST).then_some(best.1)
}

/// How many of the characters beyond ASCII are common ones, of those that could
/// be; marks say nothing.
fn share(bytes: &[u8], encoding: &'static Encoding) -> f32 {
    let text = encoding.decode_without_bom_handling(bytes).0;
    let (mut common, mut all) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        let mark = matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' | '\u{2010}'..='\u{2030}');
        if mark {
            continue;
        }
        all += 1;
        common += usize::from(is_han(c) && is_common(c));
    }
    common as f32 / all.max(1) as f32
}

fn is_common(c: char) -> bool {
    COMMON.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str = "社区食堂今天开张，居民都说菜好吃，价格也不贵。";
    const TRADITIONAL: &str = "河灣社區報\n\n停電通知\n\n各位居民：因設備更新，本週三上午八時至下午四時停電，\
        請大家提前做好準備，給您帶來不便，敬請諒解。";

    #[test]
    fn the_commoner_characters_decide() {
        assert_eq!(encoding(&GB18030.encode(SIMPLIFIED).0), Some(GB18030));
        assert_eq!(encoding(&GB18030.encode(TRADITIONAL).0), Some(GB18030));
        assert_eq!(encoding(&BIG5.encode(TRADITIONAL).0), Some(BIG5));
        // A few words are enough.
        assert_eq!(encoding(&BIG5.encode("社區公告：明天開會").0), Some(BIG5));
        assert_eq!(
            encoding("na\u{ef}ve caf\u{e9}".to_string().as_bytes()),
            None
        );
    }
}
