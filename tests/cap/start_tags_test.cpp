#include "protocols/cap/start_tags.hpp"

#include <chrono>
#include <string>

#include "protocols/cap/reading.hpp"
#include "tests/cap/sample.hpp"
#include "tests/support/catch.hpp"

namespace siaga::cap::test {
namespace {

std::string attributes(int count, std::string const& name = "a") {
  std::string text;
  for (int i = 0; i < count; ++i) text += " " + name + std::to_string(i) + "=\"1\"";
  return text;
}

std::optional<Check> found(std::string const& document) {
  auto const much = too_much_in_a_tag(document);
  return much ? std::optional(much->check) : std::nullopt;
}

std::string first_rule(std::string const& xml) {
  Settings const settings;
  auto const reading = read(xml, Body::xml, settings, Rigour::refusals);
  return reading.refusals.empty() ? "" : reading.refusals.front().rule;
}

}  // namespace

TEST_CASE("a start tag may hold 64 attributes and no more", "[cap]") {
  CHECK(found("<alert" + attributes(64) + "/>") == std::nullopt);
  CHECK(found("<alert" + attributes(65) + "/>") == Check::limit_attributes);
  CHECK(found("<a" + attributes(64) + "><b" + attributes(64) + "/></a>") == std::nullopt);
}

TEST_CASE("a start tag may have 8 KiB with its brackets and no more", "[cap]") {
  auto const tag = [](std::size_t bytes) {
    return "<a b=\"" + std::string(bytes - 9, 'x') + "\"/>";
  };
  CHECK(tag(8192).size() == 8192);
  CHECK(found(tag(8192)) == std::nullopt);
  CHECK(found(tag(8193)) == Check::limit_tag);
  CHECK(found("<a " + std::string(9000, ' ')) == Check::limit_tag);
}

TEST_CASE("a document may declare 256 namespaces in all and no more", "[cap]") {
  std::string four;
  for (int i = 0; i < 4; ++i) four += "<a" + attributes(64, "xmlns:p") + "/>";
  CHECK(found("<r>" + four + "</r>") == std::nullopt);
  CHECK(found("<r>" + four + "<b xmlns = 'u'/></r>") == Check::limit_namespaces);
  CHECK(found("<r>" + four + "<b\txmlns:q\n=\n'u'/></r>") == Check::limit_namespaces);
  CHECK(found("<r>" + four + "<b c='xmlns:q=1' d='xmlns'/></r>") == std::nullopt);
}

TEST_CASE("what only looks like a start tag is not counted as one", "[cap]") {
  auto const much = "<x" + attributes(65) + ">";
  CHECK(found("<!-- " + much + " --><a/>") == std::nullopt);
  CHECK(found("<a><![CDATA[ " + much + " ]]></a>") == std::nullopt);
  CHECK(found("<?p " + much + " ?><a/>") == std::nullopt);
  CHECK(found("<a>= = = \" = ' = = " + std::string(9000, '=') + "</a>") == std::nullopt);
  CHECK(found("<a b='>" + std::string(100, '=') + "'/>") == std::nullopt);
  CHECK(found("<a></a" + std::string(9000, ' ') + ">") == std::nullopt);
}

TEST_CASE("nothing hides a start tag from the count", "[cap]") {
  auto const much = "<x" + attributes(65) + "/>";
  CHECK(found("<!-- > -->" + much) == Check::limit_attributes);
  CHECK(found("<a b='<!--'>" + much) == Check::limit_attributes);
  CHECK(found("<a b=\"'\"/>" + much) == Check::limit_attributes);
  CHECK(found("<![CDATA[]]]]>" + much) == Check::limit_attributes);
  CHECK(found("<?p ?? ?>" + much) == Check::limit_attributes);
  CHECK(found("<a>\"" + much) == Check::limit_attributes);
  CHECK(found("</a>" + much) == Check::limit_attributes);
  CHECK(too_much_in_a_tag("<a/>" + much)->offset == 4);
}

TEST_CASE("a tag of 50,000 attributes is refused at once, with its place", "[cap]") {
  auto const name = "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"";
  Settings wide;
  wide.bytes_max = 1 << 20;
  auto const begun = std::chrono::steady_clock::now();
  auto const reading = read(name + attributes(50000) + "/>", Body::xml, wide, Rigour::refusals);
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(1));
  REQUIRE(reading.refusals.size() == 1);
  CHECK(reading.refusals[0].rule == "policy.limit.attributes");
  CHECK(reading.refusals[0].path.find("(1:1)") != std::string::npos);
}

TEST_CASE("in UTF-16 a start tag is counted as in UTF-8", "[cap]") {
  auto xml = as_xml(read_sample("../corpus/base.txt"));
  xml.replace(xml.find("<status>"), 8, "<status" + attributes(65) + ">");
  CHECK(first_rule(xml) == "policy.limit.attributes");
  CHECK(first_rule(as_utf16(replaced(xml, "UTF-8", "UTF-16"))) == "policy.limit.attributes");
}

TEST_CASE("a document cut off within a tag, a comment or a quotation is scanned to its end",
          "[cap]") {
  for (std::string const text : {"<", "<a", "<a b", "<a b=", "<a b='", "<!--", "<!-", "<![CDATA[",
                                 "<?", "</", "<!DOCTYPE a [", ""})
    CHECK(found(text) == std::nullopt);
}

}  // namespace siaga::cap::test
