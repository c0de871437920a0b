#include "protocols/sms/tpdu/submits.hpp"

#include "protocols/sms/text/reassembly.hpp"
#include "tests/sms/tpdu_bytes.hpp"

namespace siaga::sms::tpdu {
using namespace std::chrono_literals;
namespace {

std::string times(std::size_t count, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

SubmitRules to_an_officer() {
  SubmitRules rules;
  rules.destination = address_of("+6281200000001").value();
  rules.reference = 0x1234;
  rules.validity = RelativeValidity{2h};
  return rules;
}

// The text an officer's phone shows: every part over the air and put together.
std::string shown(std::vector<Submit> const& submits) {
  Reassembly<int> parts;
  for (auto const& submit : submits) {
    auto const bytes = encode(submit);
    REQUIRE(bytes.size() <= 164);
    auto const arrived = outgoing<Submit>(bytes);
    REQUIRE(arrived == submit);
    auto const joined = joined_of(arrived.data);
    if (!joined) return text_in(arrived.data);
    auto const whole =
        parts.add({"+62", "me"}, *joined, coded_text_of(arrived.data), 0, SteadyTime());
    if (whole) return text_of(whole->parts, Charset::gsm);
  }
  return "not whole";
}

}  // namespace

TEST_CASE("a short text is one SMS-SUBMIT without a header", "[sms]") {
  auto const submits = submits_of(segment("SIAP 4821", Charset::gsm), to_an_officer());
  REQUIRE(submits.size() == 1);
  CHECK(submits[0].data.header.empty());
  CHECK(submits[0].data.data_coding == 0x00);
  CHECK(submits[0].status_report);
  CHECK(hex_of(encode(submits[0])) == "31000D91261802000000F100001709D364100AA2E16431");
}

TEST_CASE("a class is written beside the alphabet, or in the group of classes", "[sms]") {
  auto rules = to_an_officer();
  rules.message_class = MessageClass::flash;
  auto const bytes_of = [&](std::string_view text) {
    return hex_of(encode(submits_of(segment(text, Charset::gsm), rules).at(0)));
  };
  CHECK(bytes_of("SIAP 4821") == "31000D91261802000000F100101709D364100AA2E16431");
  rules.class_group = ClassGroup::classes;
  CHECK(bytes_of("SIAP 4821") == "31000D91261802000000F100F01709D364100AA2E16431");
  CHECK(bytes_of("\xd0\x90") == "31000D91261802000000F1001817020410");
}

TEST_CASE("every part of a long text asks for its report, dies with it and says its place",
          "[sms]") {
  auto rules = to_an_officer();
  rules.message_class = MessageClass::flash;
  rules.protocol_id = 0x41;
  rules.reject_duplicates = true;
  auto const submits = submits_of(segment(times(100, "Awas "), Charset::gsm), rules);
  REQUIRE(submits.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(submits[i].destination == rules.destination);
    CHECK(submits[i].validity == rules.validity);
    CHECK(submits[i].status_report);
    CHECK(submits[i].reject_duplicates);
    CHECK(submits[i].protocol_id == 0x41);
    CHECK(submits[i].data.data_coding == 0x10);
    CHECK(joined_of(submits[i].data)->reference == 0x34);
    CHECK(joined_of(submits[i].data)->number == i + 1);
    CHECK(joined_of(submits[i].data)->total == 4);
  }
}

TEST_CASE("a wide reference goes whole", "[sms]") {
  GsmOptions options;
  options.wide_reference = true;
  auto const submits = submits_of(segment(times(161, "a"), options), to_an_officer());
  REQUIRE(submits.size() == 2);
  CHECK(joined_of(submits[1].data)->reference == 0x1234);
  CHECK(shown(submits) == times(161, "a"));
}

TEST_CASE("the fullest parts fill 140 octets, with every kind of header", "[sms]") {
  GsmOptions turkish, wide;
  turkish.languages = {Language::turkish};
  wide.wide_reference = true;
  auto const text_octets = [](std::string_view text, GsmOptions const& options) {
    auto const submit = submits_of(segment(text, options), to_an_officer()).at(0);
    return encode(submit).size() - 15;  // up to and with TP-UDL
  };
  CHECK(text_octets(times(160, "a"), Charset::gsm) == 140);
  CHECK(text_octets(times(306, "a"), Charset::gsm) == 140);
  CHECK(text_octets(times(70, "字"), Charset::gsm) == 140);
  CHECK(text_octets(times(134, "字"), Charset::gsm) == 140);
  CHECK(text_octets(times(155, "ş"), turkish) == 140);
  CHECK(text_octets(times(304, "a"), wide) == 140);
}

TEST_CASE("a phone shows the text that was sent, whatever is in it", "[sms]") {
  std::string const pieces[] = {"a", " ", "€", "[", "é", "ş", "ı", "字", "😀", "e\u0301", "ब", "@"};
  std::uint32_t seed = 23;
  auto const random = [&](std::size_t below) {
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 16) % below;
  };
  for (std::size_t round = 0; round < 600; ++round) {
    GsmOptions options;
    options.wide_reference = round % 3 == 0;
    if (round % 2 == 0) options.languages = {Language::turkish, Language::hindi};
    auto const kinds = 1 + random(std::size(pieces));
    auto const length = 1 + random(600);
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += pieces[random(kinds)];
    REQUIRE(shown(submits_of(segment(text, options), to_an_officer())) == text);
  }
}

TEST_CASE("texts behind headers of every length come back, at every fill", "[sms]") {
  for (std::size_t header = 1; header <= 40; ++header)
    for (std::size_t length : {0U, 1U, 7U, 8U, 100U}) {
      Deliver deliver;
      deliver.origin = {NumberType::unknown, 1, "1122"};
      deliver.data.header = static_cast<char>(header - 1) + std::string(header - 1, '\x70');
      deliver.data.text = std::string(length, 'q');
      REQUIRE(incoming<Deliver>(encode(deliver)) == deliver);
    }
}

TEST_CASE("parts of a reply join in any order, by 8-bit and 16-bit references behind ports",
          "[sms]") {
  for (bool const wide : {false, true}) {
    Reassembly<int> parts;
    std::optional<Reassembly<int>::Gathered> whole;
    for (unsigned const number : {2U, 3U, 1U}) {
      Deliver deliver;
      deliver.origin = {NumberType::international, 1, "6281210000007"};
      std::string elements("\x05\x04\x0B\x84\x23\xF0", 6);
      elements += wide ? std::string("\x08\x04\x12\x34", 4) : std::string("\x00\x03\x34", 3);
      elements += {'\x03', static_cast<char>(number)};
      deliver.data.header = static_cast<char>(elements.size()) + elements;
      deliver.data.text = std::string(1, static_cast<char>('0' + number));
      auto const arrived = incoming<Deliver>(encode(deliver));
      auto const joined = joined_of(arrived.data);
      REQUIRE(joined);
      CHECK(joined->reference == (wide ? 0x1234 : 0x34));
      whole = parts.add({to_text(arrived.origin), "me"}, *joined, coded_text_of(arrived.data), 0,
                        SteadyTime());
    }
    REQUIRE(whole);
    CHECK(whole->origin.from == "+6281210000007");
    CHECK(text_of(whole->parts, Charset::gsm) == "123");
  }
}

TEST_CASE("a reply in a national language is read by its shift elements", "[sms]") {
  Deliver deliver;
  deliver.origin = {NumberType::international, 1, "905320000001"};
  deliver.data.header = std::string("\x03\x24\x01\x01", 4);
  deliver.data.text = "haz\x1Bir";
  CHECK(text_in(incoming<Deliver>(encode(deliver)).data) == "hazır");
}

}  // namespace siaga::sms::tpdu
