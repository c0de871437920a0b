#include "protocols/cap/xml_signature.hpp"

#include "protocols/cap/formats.hpp"
#include "protocols/cap/writer.hpp"
#include "tests/cap/sample.hpp"
#include "tests/cap/xml_signer.hpp"
#include "tests/support/catch.hpp"

namespace siaga::cap::test {
namespace {

using Catch::Matchers::StartsWith;

constexpr auto rsa_sha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
constexpr auto enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
constexpr auto inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
constexpr auto exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";

Identity const& polres() {
  static Identity const identity = make_identity("Polres Bontang", KeyKind::ec);
  return identity;
}

Identity const& bpbd() {
  static Identity const identity = make_identity("BPBD – Kota", KeyKind::rsa);
  return identity;
}

SignatureShape with_rsa() {
  SignatureShape shape;
  shape.method = rsa_sha256;
  return shape;
}

std::string base_xml() {
  return as_xml(read_sample("../corpus/base.txt"));
}

Result<std::string> signer_of(std::string const& xml, std::vector<std::string> const& pinned) {
  return make_xml_format(Settings{})->signer(xml, pinned);
}

// Why the document is not taken as signed by `polres`; "" when it is.
std::string why_not(std::string const& xml) {
  auto const signer = signer_of(xml, {polres().certificate});
  if (signer) return {};
  CHECK(signer.error().is(Errc::bad_signature));
  return signer.error().detail;
}

std::string why_not(SignatureShape const& shape) {
  return why_not(sign(base_xml(), polres(), shape));
}

Alert alert_of(std::string const& xml) {
  auto command = make_xml_format(Settings{})->decode(xml);
  REQUIRE(command.has_value());
  return std::get<RaiseAlert>(*command).alert;
}

}  // namespace

TEST_CASE("a signed document is its signer's whose certificate is pinned", "[cap]") {
  auto const xml = sign(base_xml(), polres());
  CHECK(signer_of(xml, {polres().certificate}).value() == "CN=Polres Bontang,C=ID");
  CHECK(signer_of(xml, {bpbd().certificate, polres().certificate}).value() ==
        "CN=Polres Bontang,C=ID");
  CHECK(signer_of(xml, {bpbd().certificate + polres().certificate}).value() ==
        "CN=Polres Bontang,C=ID");
}

TEST_CASE("every pinned key is tried, whatever the kind and size of those before it", "[cap]") {
  auto const larger = make_identity("BPBD", KeyKind::larger_ec);
  SignatureShape shape;
  shape.method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512";
  auto const xml = sign(base_xml(), larger, shape);
  auto const signer =
      signer_of(xml, {bpbd().certificate, polres().certificate, larger.certificate});
  CHECK(signer.value() == "CN=BPBD,C=ID");
}

TEST_CASE("RSA, the longer digests and the older canonical form verify as well", "[cap]") {
  SignatureShape shape;
  shape.method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384";
  shape.digest = "http://www.w3.org/2001/04/xmlenc#sha512";
  shape.canonical = inclusive;
  shape.transforms = {enveloped};
  CHECK(why_not(shape) == "");
  shape.transforms = {enveloped, inclusive};
  shape.method = rsa_sha256;
  auto const signer = signer_of(sign(base_xml(), bpbd(), shape), {bpbd().certificate});
  CHECK(signer.value() == "CN=BPBD – Kota,C=ID");
}

TEST_CASE("a document stays signed in another encoding, with comments and other quotes", "[cap]") {
  auto const xml = sign(base_xml(), polres());
  CHECK(why_not(as_utf16(xml)) == "");
  CHECK(why_not("\xef\xbb\xbf" + xml) == "");
  CHECK(why_not(replaced(xml, "SPKT", "SP<!-- -->K&#84;")) == "");
  CHECK(why_not(replaced(xml, "version=\"1.0\"", "version='1.0'")) == "");
}

TEST_CASE("a signed document of which anything was changed is refused", "[cap]") {
  auto const xml = sign(base_xml(), polres());
  auto const changed = "the document was changed after it was signed";
  CHECK(why_not(replaced(xml, "Actual", "Test")) == changed);
  CHECK(why_not(replaced(xml, "<source>", " <source>")) == changed);
  CHECK(why_not(replaced(xml, "<ds:DigestValue>", "<ds:DigestValue>AAAA")) == changed);
  CHECK(why_not(replaced(xml, "<ds:Signature ", "<ds:Object xmlns:ds=\"urn:x\"/><ds:Signature ")) ==
        changed);
}

TEST_CASE("a signature of which a value cannot be read is refused", "[cap]") {
  auto const xml = sign(base_xml(), polres());
  auto const why = "its digest is not base64, or a namespace is not an absolute URI";
  CHECK(why_not(replaced(xml, "<ds:DigestValue>", "<ds:DigestValue>A")) == why);
  CHECK(why_not(replaced(xml, "<ds:SignatureValue>", "<ds:SignatureValue>A")) ==
        "it was not made with the key of any certificate known here");
  CHECK(why_not(replaced(xml, "<ds:Signature ", "<ds:Object xmlns:ds=\"x\"/><ds:Signature ")) ==
        why);
}

TEST_CASE("a digest made to fit changed words is refused", "[cap]") {
  auto const xml = sign(base_xml(), polres());
  auto const other = sign(replaced(base_xml(), "Actual", "Test"), bpbd(), with_rsa());
  auto const digest_of = [](std::string const& text) {
    auto const at = text.find("<ds:DigestValue>") + 16;
    return text.substr(at, text.find('<', at) - at);
  };
  auto forged = replaced(xml, "Actual", "Test");
  forged = replaced(forged, digest_of(xml), digest_of(other));
  CHECK(why_not(forged) == "it was not made with the key of any certificate known here");
}

TEST_CASE("another's signature is refused, whatever key it brings along", "[cap]") {
  CHECK(why_not(sign(base_xml(), bpbd(), with_rsa())) ==
        "it was not made with the key of any certificate known here");
  auto const stranger = make_identity("Polres Bontang", KeyKind::ec);
  auto lines = stranger.certificate;
  lines = lines.substr(lines.find('\n'), lines.find("-----END") - lines.find('\n'));
  SignatureShape shape;
  shape.key_info = "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>" + lines +
                   "</ds:X509Certificate></ds:X509Data></ds:KeyInfo>";
  CHECK(why_not(sign(base_xml(), stranger, shape)) ==
        "it was not made with the key of any certificate known here");
}

TEST_CASE("a certificate outside its time verifies nothing, and is named", "[cap]") {
  auto const past = make_identity("Lama", KeyKind::ec, {-7 * 86400, -86400});
  auto const old = signer_of(sign(base_xml(), past), {past.certificate});
  REQUIRE(!old.has_value());
  CHECK_THAT(old.error().detail, StartsWith("the certificate of CN=Lama,C=ID expired on 2"));
  auto const future = make_identity("Baru", KeyKind::ec, {86400, 7 * 86400});
  auto const early = signer_of(sign(base_xml(), future), {past.certificate, future.certificate});
  REQUIRE(!early.has_value());
  CHECK_THAT(early.error().detail,
             StartsWith("the certificate of CN=Baru,C=ID is not valid before 2"));
}

TEST_CASE("SHA-1 is refused, as method and as digest", "[cap]") {
  SignatureShape shape;
  shape.method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1";
  CHECK(why_not(shape) ==
        "it is made with ecdsa-sha1; RSA or ECDSA with SHA-256, SHA-384 or SHA-512 is right");
  shape = {};
  shape.digest = "http://www.w3.org/2000/09/xmldsig#sha1";
  CHECK(why_not(shape) == "its digest is sha1; SHA-256, SHA-384 or SHA-512 is right");
}

TEST_CASE("a secret shared by both sides is no signature", "[cap]") {
  auto const xml = replaced(sign(base_xml(), polres()), "#ecdsa-sha256", "#hmac-sha256");
  CHECK_THAT(why_not(xml), StartsWith("it is made with hmac-sha256;"));
}

TEST_CASE("a signature that covers less than the whole document is refused", "[cap]") {
  SignatureShape shape;
  shape.transforms = {enveloped, "http://www.w3.org/TR/1999/REC-xpath-19991116"};
  shape.inside_transform = "<ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath>";
  CHECK_THAT(why_not(shape), StartsWith("it transforms the document by REC-xpath-19991116;"));

  shape = {};
  shape.uri = "#satu";
  auto const marked = replaced(base_xml(), "<source>", "<source Id=\"satu\">");
  CHECK(why_not(sign(marked, polres(), shape)) ==
        "its reference is to \"#satu\"; URI=\"\", the whole document, is right");
  CHECK(why_not(replaced(sign(base_xml(), polres()), " URI=\"\"", "")) ==
        "its reference has no URI; URI=\"\", the whole document, is right");

  shape = {};
  shape.references = 2;
  CHECK(why_not(shape) == "it has 2 references; exactly one is right");
}

TEST_CASE("transforms other than one enveloped-signature and one canonical form are refused",
          "[cap]") {
  SignatureShape shape;
  shape.transforms = {enveloped, exclusive, inclusive};
  CHECK_THAT(why_not(shape), StartsWith("its transforms are not one enveloped-signature"));
  shape.transforms = {enveloped, enveloped};
  CHECK_THAT(why_not(shape), StartsWith("its transforms are not one enveloped-signature"));
  shape.transforms = {enveloped, "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"};
  CHECK_THAT(why_not(shape), StartsWith("it transforms the document by WithComments;"));
}

TEST_CASE("a signature that is no child of the alert is none", "[cap]") {
  auto const none = "the alert itself carries no XML signature";
  SignatureShape shape;
  shape.before = "</info>";
  CHECK(why_not(shape) == none);
  CHECK(why_not(base_xml()) == none);
}

TEST_CASE("a signed document inside another is not read as that other", "[cap]") {
  auto inner = sign(base_xml(), polres());
  inner = inner.substr(inner.find("<alert"));
  auto forged = replaced(base_xml(), "Actual", "Test");
  forged.insert(forged.find("<source>"), inner);
  CHECK(why_not(forged) == "the alert itself carries no XML signature");
  auto const signature = inner.substr(inner.find("<ds:Signature "));
  forged = replaced(base_xml(), "Actual", "Test");
  forged = replaced(forged, "</alert>", "") +
           replaced(signature, "</ds:Signature>", "<ds:Object>") + inner +
           "</ds:Object></ds:Signature></alert>";
  CHECK(why_not(replaced(forged, "</alert>\n</alert>", "</alert>")) != "");
}

TEST_CASE("of two signatures the one that holds is told", "[cap]") {
  auto const xml = sign(sign(base_xml(), polres()), bpbd(), with_rsa());
  CHECK(signer_of(xml, {polres().certificate, bpbd().certificate}).value() ==
        "CN=BPBD – Kota,C=ID");
  CHECK(why_not(xml) ==
        "signature 1: the document was changed after it was signed; "
        "signature 2: it was not made with the key of any certificate known here");
}

TEST_CASE("a document with too many signatures or names in scope is not worked through", "[cap]") {
  auto xml = base_xml();
  for (int i = 0; i < 5; ++i) xml = sign(xml, polres());
  CHECK(why_not(xml) == "it carries 5 signatures, at most 4 are verified");
  std::string names = "<alert";
  for (int i = 0; i < 40; ++i) names += " xmlns:a" + std::to_string(i) + "=\"urn:u\"";
  CHECK(why_not(sign(replaced(base_xml(), "<alert", names), polres())) ==
        "it declares more names or attributes than CAP needs");
  CHECK_THAT(why_not(std::string(270000, ' ')), StartsWith("the document has 270000 bytes"));
}

TEST_CASE("a signed document with a DOCTYPE is refused before its entities are read", "[cap]") {
  auto const xml = sign(base_xml(), polres());
  CHECK(why_not(replaced(xml, "<alert", "<!DOCTYPE alert [<!ENTITY a \"a\">]><alert")) ==
        "it is not a CAP document in XML, without a DOCTYPE");
  CHECK(why_not("<alert/>") == "it is not a CAP document in XML, without a DOCTYPE");
  CHECK(why_not("") == "it is not a CAP document in XML, without a DOCTYPE");
}

TEST_CASE("without a certificate that can be read nothing verifies", "[cap]") {
  auto const xml = sign(base_xml(), polres());
  auto const none = "no certificate is known that could verify it";
  CHECK(signer_of(xml, {}).error().detail == none);
  CHECK(signer_of(xml, {"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
            .error()
            .detail == none);
}

TEST_CASE("a wrapped document's signature is that of the XML inside", "[cap]") {
  auto const format = make_wrapper_format(Settings{});
  auto const wrapped = [](std::string const& xml) {
    return R"({"data":")" + as_base64(xml) + R"("})";
  };
  auto const xml = sign(base_xml(), polres());
  CHECK(format->signer(wrapped(xml), {polres().certificate}).value() == "CN=Polres Bontang,C=ID");
  auto const command = format->decode(wrapped(xml));
  REQUIRE(command.has_value());
  CHECK(std::get<RaiseAlert>(*command).alert.has_xml_signature);
  CHECK(!format->signer(wrapped(replaced(xml, "Actual", "Test")), {polres().certificate}));
  CHECK(!format->signer("{\"data\":1}", {polres().certificate}));
}

TEST_CASE("JSON carries no signature", "[cap]") {
  auto const json = as_json(read_sample("../corpus/base.txt"));
  auto const signer = make_json_format(Settings{})->signer(json, {polres().certificate});
  CHECK(signer.error().detail == "this format carries no signature");
}

TEST_CASE("an alert knows that it was signed, and is written without", "[cap]") {
  auto const alert = alert_of(sign(base_xml(), polres()));
  CHECK(alert.has_xml_signature);
  CHECK(!alert_of(base_xml()).has_xml_signature);
  CHECK(to_xml(alert) == to_xml(alert_of(base_xml())));
}

}  // namespace siaga::cap::test
