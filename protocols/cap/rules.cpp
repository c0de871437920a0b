#include "protocols/cap/rules.hpp"

#include <array>

namespace siaga::cap {
namespace {

bool whole(ElementRow const& r) {
  return r.element == Element::alert;
}
bool needed(ElementRow const& r) {
  return r.least > 0 && r.element != Element::alert;
}
bool single(ElementRow const& r) {
  return !r.many && r.element != Element::alert;
}
bool worded(ElementRow const& r) {
  return r.type == Type::word;
}
bool named(ElementRow const& r) {
  return r.type == Type::token;
}
bool timed(ElementRow const& r) {
  return r.type == Type::time;
}
bool linked(ElementRow const& r) {
  return r.type == Type::uri;
}
bool shaped(ElementRow const& r) {
  return r.type == Type::polygon || r.type == Type::circle;
}
bool formed(ElementRow const& r) {
  switch (r.type) {
    case Type::group:
    case Type::text:
    case Type::word:
    case Type::token:
    case Type::digest:
      return false;
    default:
      return true;
  }
}
template <Element E>
bool only(ElementRow const& r) {
  return r.element == E;
}

constexpr auto standard = Origin::standard;
constexpr auto policy = Origin::policy;
constexpr auto advice = Origin::advice;

constexpr std::array table = std::to_array<CheckRow>({
    {Check::nul, "cap.document.nul", standard, Forms::both, whole, "3.4", "pesan memuat byte NUL",
     "the message has a NUL byte"},
    {Check::xml_encoding, "cap.xml.encoding", standard, Forms::xml, whole, "3.4",
     "penyandian huruf tidak terbaca: {v}; pakai UTF-8",
     "the character encoding cannot be read: {v}; use UTF-8"},
    {Check::xml_wellformed, "cap.xml.wellformed", standard, Forms::xml, whole, "3.4",
     "XML tidak utuh: {v}", "not well-formed XML: {v}"},
    {Check::xml_doctype, "cap.xml.doctype", standard, Forms::xml, whole, "3.4",
     "DOCTYPE tidak diterima; hapus baris itu", "DOCTYPE is refused; remove it"},
    {Check::xml_root, "cap.xml.root", standard, Forms::xml, whole, "3.4",
     "unsur terluar '{v}' bukan alert", "the outermost element '{v}' is not alert"},
    {Check::xml_namespace, "cap.xml.namespace", standard, Forms::xml, whole, "3.4",
     "namespace '{v}' salah; harus {w}", "wrong namespace '{v}'; must be {w}"},
    {Check::xml_encrypted, "cap.xml.encrypted", standard, Forms::xml, whole, "3.3",
     "pesan terenkripsi tidak dapat dibaca gateway; kirim tanpa enkripsi XML",
     "an encrypted message cannot be read here; send it without XML encryption"},
    {Check::xml_attribute, "cap.xml.attribute", standard, Forms::xml, whole, "3.4",
     "atribut '{v}' tidak dikenal CAP; hapus", "attribute '{v}' is none of CAP's; remove it"},
    {Check::xml_text, "cap.xml.text", standard, Forms::xml, whole, "3.4",
     "ada teks di antara unsur: '{v}'", "text between elements: '{v}'"},
    {Check::xml_order, "cap.xml.order", standard, Forms::xml, whole, "3.4",
     "unsur {v} salah urutan; harus sebelum {w}", "{v} is out of order; it must come before {w}"},
    {Check::signature, "cap.signature.enveloped", standard, Forms::xml, whole, "3.3",
     "tanda tangan XML harus berjenis enveloped", "an XML signature must be enveloped"},
    {Check::json_syntax, "cap.json.syntax", standard, Forms::json, whole, "JSON",
     "JSON tidak utuh di {w}: {v}", "not well-formed JSON at {w}: {v}"},
    {Check::json_root, "cap.json.root", standard, Forms::json, whole, "JSON",
     "nilai terluar harus objek alert { }", "the outermost value must be the alert object { }"},
    {Check::json_duplicate, "cap.json.duplicate", standard, Forms::json, whole, "JSON",
     "kunci '{v}' ada dua kali dalam satu objek", "key '{v}' stands twice in one object"},
    {Check::json_array, "cap.json.array", standard, Forms::json, whole, "JSON",
     "{e} harus ditulis sebagai {w}", "{e} must be written as {w}"},
    {Check::json_type, "cap.json.type", standard, Forms::json, whole, "JSON",
     "{e} berjenis {v}; harus {w}", "{e} is of type {v}; must be {w}"},
    {Check::json_character, "cap.json.character", standard, Forms::json, whole, "JSON",
     "{e} memuat huruf kendali yang tidak dapat ditulis dalam XML",
     "{e} has a control character that XML cannot carry"},
    {Check::wrapper_data, "cap.wrapper.data", standard, Forms::wrapper, whole, "WIS2",
     "data harus teks base64 dari CAP XML, satu kali",
     "data must be the base64 text of CAP XML, once"},
    {Check::wrapper_base64, "cap.wrapper.base64", standard, Forms::wrapper, whole, "WIS2",
     "data bukan base64 yang benar", "data is not right base64"},
    {Check::unknown, "cap.element.unknown", standard, Forms::both, whole, "3.2",
     "'{v}' tidak dikenal di sini[; maksudnya {w}?]", "'{v}' is unknown here[; did you mean {w}?]"},

    {Check::required, "cap.{}.required", standard, Forms::both, needed, "",
     "{e} wajib ada dan berisi[, misalnya {w}]",
     "{e} is required and must not be empty[, e.g. {w}]"},
    {Check::repeated, "cap.{}.repeated", standard, Forms::xml, single, "",
     "{e} hanya boleh satu kali di sini", "{e} may stand here only once"},
    {Check::word, "cap.{}.word", standard, Forms::both, worded, "",
     "{e} '{v}' tidak dikenal; pilih salah satu: {w}", "{e} '{v}' is not one of: {w}"},
    {Check::characters, "cap.{}.characters", standard, Forms::both, named, "",
     "{e} '{v}' tidak boleh memuat spasi, koma, < atau &",
     "{e} '{v}' must not have a space, comma, < or &"},
    {Check::form, "cap.{}.form", standard, Forms::both, formed, "",
     "{e} '{v}' salah tulis; contoh: {w}", "{e} '{v}' is malformed; example: {w}"},
    {Check::time_offset, "cap.{}.offset", standard, Forms::both, timed, "3.3.2",
     "{e} '{v}' harus memakai selisih waktu +hh:mm, bukan Z atau kosong; contoh: {w}",
     "{e} '{v}' needs an offset +hh:mm, not Z or none; example: {w}"},
    {Check::time_fraction, "cap.{}.fraction", standard, Forms::both, timed, "3.3.2",
     "{e} '{v}' tidak boleh memuat pecahan detik; contoh: {w}",
     "{e} '{v}' must not have a fraction of a second; example: {w}"},
    {Check::time_calendar, "cap.{}.calendar", standard, Forms::both, timed, "3.3.2",
     "{e} '{v}' bukan tanggal, jam, atau selisih waktu yang ada",
     "{e} '{v}' is no existing date, time or offset"},
    {Check::absolute, "cap.{}.absolute", standard, Forms::both, linked, "",
     "{e} '{v}' harus URI lengkap, misalnya {w}", "{e} '{v}' must be a full URI, e.g. {w}"},
    {Check::polygon_points, "cap.polygon.points", standard, Forms::both, only<Element::polygon>, "",
     "poligon hanya {v} titik; perlu 4 atau lebih, titik pertama diulang di akhir",
     "polygon of {v} points; 4 or more are needed, the first repeated at the end"},
    {Check::polygon_closed, "cap.polygon.closed", standard, Forms::both, only<Element::polygon>, "",
     "poligon tidak tertutup: berakhir di {v}, harus di {w}",
     "polygon is not closed: it ends at {v}, must end at {w}"},
    {Check::bounds, "cap.{}.bounds", standard, Forms::both, shaped, "3.3.1",
     "{e}: titik {v} di luar bumi; tulis lintang,bujur (-90..90,-180..180)",
     "{e}: point {v} is off the earth; write latitude,longitude (-90..90,-180..180)"},
    {Check::restriction_required, "cap.restriction.required", standard, Forms::both,
     only<Element::restriction>, "", "restriction wajib diisi bila scope Restricted",
     "restriction is required when scope is Restricted"},
    {Check::addresses_required, "cap.addresses.required", standard, Forms::both,
     only<Element::addresses>, "", "addresses wajib diisi bila scope Private",
     "addresses is required when scope is Private"},
    {Check::references_required, "cap.references.required", standard, Forms::both,
     only<Element::references>, "", "references wajib diisi bila msgType {v}; contoh: {w}",
     "references is required when msgType is {v}; example: {w}"},
    {Check::ceiling_alone, "cap.ceiling.alone", standard, Forms::both, only<Element::ceiling>, "",
     "ceiling hanya boleh bersama altitude", "ceiling may only stand with altitude"},

    {Check::limit_bytes, "policy.limit.bytes", policy, Forms::both, whole, "",
     "pesan {v} byte; paling banyak {w}", "the message has {v} bytes; at most {w}"},
    {Check::limit_tag, "policy.limit.tag", policy, Forms::xml, whole, "",
     "tag pembuka lebih dari {w} byte", "a start tag of more than {w} bytes"},
    {Check::limit_attributes, "policy.limit.attributes", policy, Forms::xml, whole, "",
     "tag pembuka dengan lebih dari {w} atribut", "a start tag of more than {w} attributes"},
    {Check::limit_namespaces, "policy.limit.namespaces", policy, Forms::xml, whole, "",
     "lebih dari {w} deklarasi namespace", "more than {w} namespace declarations"},
    {Check::limit_depth, "policy.limit.depth", policy, Forms::both, whole, "",
     "susunan lebih dalam dari {w} tingkat", "nested deeper than {w} levels"},
    {Check::limit_infos, "policy.limit.infos", policy, Forms::both, only<Element::info>, "",
     "lebih dari {w} blok info", "more than {w} info blocks"},
    {Check::limit_areas, "policy.limit.areas", policy, Forms::both, only<Element::area>, "",
     "lebih dari {w} area", "more than {w} areas"},
    {Check::limit_points, "policy.limit.points", policy, Forms::both, only<Element::polygon>, "",
     "poligon lebih dari {w} titik", "polygon of more than {w} points"},
    {Check::limit_reasons, "policy.limit.reasons", policy, Forms::both, whole, "",
     "masih ada kesalahan lain setelah {w} ini", "there are more problems after these {w}"},
    {Check::length, "policy.{}.length", policy, Forms::both, named, "", "{e} lebih dari {w} byte",
     "{e} is longer than {w} bytes"},
    {Check::blank, "policy.event.blank", policy, Forms::both, only<Element::event>, "",
     "event tidak boleh kosong", "event must not be blank"},
    {Check::references_own, "policy.references.own", policy, Forms::both, only<Element::references>,
     "", "references menunjuk pesan ini sendiri: '{v}'",
     "references names this very message: '{v}'"},
    {Check::info_required, "policy.info.required", policy, Forms::both, only<Element::info>, "",
     "msgType {v} perlu paling sedikit satu info", "msgType {v} needs at least one info"},
    {Check::expires_required, "policy.expires.required", policy, Forms::both,
     only<Element::expires>, "", "expires wajib diisi, misalnya {w}",
     "expires is required, e.g. {w}"},
    {Check::expires_order, "policy.expires.order", policy, Forms::both, only<Element::expires>, "",
     "expires '{v}' harus sesudah {w}", "expires '{v}' must be after {w}"},
    {Check::category_agreement, "policy.category.agreement", policy, Forms::both,
     only<Element::category>, "", "category semua info harus sama",
     "category must be the same in every info"},
    {Check::event_code_agreement, "policy.eventCode.agreement", policy, Forms::both,
     only<Element::event_code>, "", "eventCode semua info harus sama",
     "eventCode must be the same in every info"},
    {Check::event_agreement, "policy.event.agreement", policy, Forms::both, only<Element::event>,
     "", "event '{v}' harus sama dengan info lain yang sebahasa: '{w}'",
     "event '{v}' must match the other info of its language: '{w}'"},
    {Check::kemendagri, "policy.geocode.kemendagri", policy, Forms::both, only<Element::geocode>,
     "", "kode KEMENDAGRI '{v}' salah tulis; contoh: {w}",
     "KEMENDAGRI code '{v}' is malformed; example: {w}"},
    {Check::ceiling_order, "policy.ceiling.order", policy, Forms::both, only<Element::ceiling>, "",
     "ceiling {v} lebih rendah dari altitude {w}", "ceiling {v} is lower than altitude {w}"},
    {Check::sent_ahead, "policy.sent.ahead", policy, Forms::clock, only<Element::sent>, "",
     "sent '{v}' di masa depan lebih dari {w}; periksa jam pengirim",
     "sent '{v}' is more than {w} ahead; check the sender's clock"},
    {Check::sent_stale, "policy.sent.stale", policy, Forms::clock, only<Element::sent>, "",
     "sent '{v}' lebih lama dari {w}; terbitkan ulang dengan sent baru",
     "sent '{v}' is older than {w}; issue it again with a new sent"},

    {Check::restriction_unused, "advice.restriction.unused", advice, Forms::both,
     only<Element::restriction>, "", "restriction hanya berarti bila scope Restricted; diabaikan",
     "restriction only counts when scope is Restricted; it is ignored"},
    {Check::note_absent, "advice.note.absent", advice, Forms::both, only<Element::note>, "",
     "note sebaiknya menjelaskan {v}", "note should explain the {v}"},
    {Check::references_later, "advice.references.later", advice, Forms::both,
     only<Element::references>, "", "references menunjuk pesan yang lebih baru: '{v}'",
     "references names a message sent later: '{v}'"},
    {Check::language_absent, "advice.language.absent", advice, Forms::both, only<Element::language>,
     "", "language sebaiknya ditulis, misalnya {w}; tanpa itu berarti en-US",
     "language should be written, e.g. {w}; without it the block is en-US"},
    {Check::digest_form, "advice.digest.form", advice, Forms::both, only<Element::digest>, "",
     "digest '{v}' bukan SHA-1 (40 heksadesimal)", "digest '{v}' is no SHA-1 (40 hex digits)"},
    {Check::polygon_crossing, "advice.polygon.crossing", advice, Forms::both,
     only<Element::polygon>, "", "garis poligon saling menyilang di dekat {v}",
     "the polygon crosses itself near {v}"},
});

consteval bool rows_stand_at_their_number() {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (static_cast<std::size_t>(table[i].check) != i) return false;
  return true;
}
static_assert(rows_stand_at_their_number());

}  // namespace

std::span<CheckRow const> checks() noexcept {
  return table;
}

CheckRow const& row(Check check) noexcept {
  return table[static_cast<std::size_t>(check)];
}

std::string rule_id(Check check, Element element) {
  std::string id(row(check).id);
  auto const gap = id.find("{}");
  if (gap == std::string::npos) return id;
  auto const& what = row(element);
  std::string name(what.name);
  if (name.starts_with("value")) name = std::string(row(what.parent).name) + "." + name;
  return id.replace(gap, 2, name);
}

std::vector<Rule> all_rules() {
  std::vector<Rule> rules;
  for (auto const& entry : checks())
    for (auto const& element : elements())
      if (entry.concerns(element))
        rules.push_back({rule_id(entry.check, element.element), entry.check, element.element});
  return rules;
}

}  // namespace siaga::cap
