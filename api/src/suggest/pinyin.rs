//! How Chinese is typed by its sound. Pure.

use super::keys::MAX_KEY;
use ::pinyin::ToPinyin;
use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

/// The most ways in which one name is taken to be said. Of characters with several readings the first ones have all of them, as far
/// as there is room; the others have the one that they have most often.
const MOST: usize = 8;

/// Characters that names have in more than one reading, or in another one than dictionaries begin with, the most frequent first.
/// Readings that are met in no name of today, such as that of the particle in 目的, are left out: each of them is a row for every
/// title that has the character.
const SEVERAL: &str = "
阿a,e 艾ai,yi 扒ba,pa 柏bai,bo 蚌bang,beng 薄bo,bao 剥bo,bao 便bian,pian 秘mi,bi 泌mi,bi 屏ping,bing 伯bo,bai 泊bo,po 卜bu,bo
藏cang,zang 曾ceng,zeng 差cha,chai 刹sha,cha 禅chan,shan 长chang,zhang 朝chao,zhao 车che,ju 沈shen,chen 称cheng,chen
乘cheng,sheng 盛sheng,cheng 澄cheng,deng 匙shi,chi 重zhong,chong 种zhong,chong 仇chou,qiu 臭chou,xiu 畜chu,xu 传chuan,zhuan
幢chuang,zhuang 大da,dai 单dan,shan 弹dan,tan 地di,de 翟zhai,di 调diao,tiao 都du,dou 恶e,wu 番fan,pan 佛fo,fu 否fou,pi
盖gai,ge 合he,ge 给gei,ji 莞guan,wan 还hai,huan 行xing,hang 巷xiang,hang 核he,hu 浒hu,xu 会hui,kuai 奇qi,ji 稽ji,qi
系xi,ji 贾jia,gu 伽jia,qie 茄qie,jia 降jiang,xiang 角jiao,jue 校xiao,jiao 嚼jiao,jue 觉jue,jiao 解jie,xie 劲jin,jing
圈quan,juan 浚jun,xun 咖ka,ga 卡ka,qia 壳ke,qiao 乐le,yue 勒le,lei 六liu,lu 露lu,lou 率lü,shuai 落luo,la 埋mai,man 脉mai,mo
没mei,mo 缪miao,mou 模mo,mu 牟mou,mu 娜na,nuo 粘zhan,nian 弄nong,long 疟nüe,yao 朴piao,pu 曝bao,pu 栖qi,xi 纤xian,qian
茜qian,xi 区qu,ou 塞sai,se 厦xia,sha 杉shan,sha 召zhao,shao 折zhe,she 什shen,shi 莘shen,xin 省sheng,xing 石shi,dan 似si,shi
属shu,zhu 谁shui,shei 宿su,xiu 覃tan,qin 提ti,di 拓tuo,ta 万wan,mo 尾wei,yi 尉wei,yu 蔚wei,yu 洗xi,xian 吓xia,he 削xue,xiao
血xue,xie 吁yu,xu 咽yan,ye 殷yin,yan 遗yi,wei 钥yao,yue 员yuan,yun 查cha,zha 扎zha,za 爪zhua,zhao 著zhu,zhe 着zhe,zhao
仔zi,zai";

static READINGS: LazyLock<HashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let entry = |entry: &'static str| {
        let character = entry.chars().next()?;
        Some((character, entry.get(character.len_utf8()..)?.split(',').collect()))
    };
    SEVERAL.split_whitespace().filter_map(entry).collect()
});

/// A piece of a name.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// As it is folded.
    pub(super) written: String,
    /// Of a Chinese character its syllables without tones, the most frequent first; `ü` may be a letter of them. Of anything else none.
    readings: Vec<String>,
}

impl Piece {
    /// Of a cluster of a name, as it is written and as it is folded.
    pub(super) fn new(cluster: &str, written: String) -> Self {
        let readings = only(cluster).map(|character| readings(character, only(&written))).unwrap_or_default();
        Self { written, readings }
    }

    /// Whether it is said otherwise than it is written.
    pub(super) fn is_said(&self) -> bool {
        !self.readings.is_empty()
    }
}

fn only(text: &str) -> Option<char> {
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// As the character is written, where that has a reading: what was simplified to one character may be said in two ways.
fn readings(character: char, simple: Option<char>) -> Vec<String> {
    if let Some(several) = simple.and_then(|simple| READINGS.get(&simple)) {
        return several.iter().map(|reading| (*reading).to_owned()).collect();
    }
    let syllable = character.to_pinyin().or_else(|| simple?.to_pinyin());
    let toneless = |syllable: &str| syllable.trim_end_matches(|tone: char| tone.is_ascii_digit()).replace('ê', "e");
    syllable.into_iter().map(|syllable| toneless(syllable.with_tone_num_end())).collect()
}

/// Every way in which these pieces are typed: whole syllables, or their first letters; `ü` as `v` and as `u`.
pub(super) fn typed(pieces: &[Piece]) -> BTreeSet<String> {
    if !pieces.iter().any(Piece::is_said) {
        return BTreeSet::new();
    }
    let whole = said(pieces, |reading| reading);
    let initials = said(pieces, |reading| reading.chars().next().map_or("", |first| &reading[..first.len_utf8()]));
    let both = whole.iter().chain(&initials);
    both.flat_map(|said| [said.replace('ü', "v"), said.replace('ü', "u")]).collect()
}

fn said(pieces: &[Piece], part: fn(&str) -> &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for piece in pieces {
        let mut parts: Vec<&str> = Vec::new();
        for reading in &piece.readings {
            if !parts.contains(&part(reading)) {
                parts.push(part(reading));
            }
        }
        if parts.is_empty() {
            parts.push(&piece.written);
        } else if all.len() * parts.len() > MOST {
            parts.truncate(1);
        }
        all = all.iter().flat_map(|said| parts.iter().map(move |part| format!("{said}{part}"))).collect();
        if all.iter().all(|said| said.len() >= MAX_KEY * 4) {
            break;
        }
    }
    all
}
