// What networks, modems and attackers may hand a decoder.
#include "tests/sms/tpdu_bytes.hpp"

namespace siaga::sms::tpdu {
using namespace std::chrono_literals;
namespace {

Timestamp const noon{UtcTime(std::chrono::sys_days(std::chrono::year(2026) / 11 / 26)) + 12h, 8h};

UserData data_with_header() {
  UserData data;
  data.header = std::string("\x06\x08\x04\x12\x34\x03\x02", 7);
  data.text = "BANJIR";
  return data;
}

Submit a_submit(Validity validity) {
  Submit submit;
  submit.reference = 9;
  submit.destination = {NumberType::international, 1, "6281200000001"};
  submit.protocol_id = 0x41;
  submit.validity = validity;
  submit.status_report = submit.reject_duplicates = submit.reply_path = true;
  submit.data = data_with_header();
  return submit;
}

Deliver a_deliver() {
  Deliver deliver;
  deliver.origin = {NumberType::alphanumeric, 0, "BPBD 1"};
  deliver.sent = noon;
  deliver.more_to_come = deliver.status_report = true;
  deliver.data = data_with_header();
  return deliver;
}

StatusReport a_report() {
  StatusReport report;
  report.reference = 200;
  report.recipient = {NumberType::international, 1, "6281200000001"};
  report.sent = report.at = noon;
  report.status = 0x46;
  report.of_command = true;
  report.protocol_id = 0x40;
  report.data = data_with_header();
  return report;
}

Command a_command() {
  Command command;
  command.type = CommandType::cancel_status_report;
  command.destination = {NumberType::unknown, 1, "1122"};
  command.data = "abc";
  return command;
}

// How many of the cuts of a PDU, none of them whole, are taken for a PDU.
template <class Decode>
std::size_t cuts_taken(std::string const& whole, Decode decode) {
  std::size_t taken = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    std::vector<std::uint8_t> const cut(whole.begin(),
                                        whole.begin() + static_cast<std::ptrdiff_t>(size));
    auto const decoded = decode(Octets(cut));
    taken += decoded.has_value() ? 1U : 0U;
    if (!decoded) CHECK(decoded.error().is(Errc::invalid_message));
  }
  CHECK(decode(octets_in(whole)).has_value());
  return taken;
}

}  // namespace

TEST_CASE("every kind of TPDU comes back as it went", "[sms]") {
  for (auto const& validity : {Validity(), Validity(RelativeValidity{4h}), Validity(noon),
                               Validity(EnhancedValidity{90s, true}),
                               Validity(EnhancedValidity{99h + 59min + 59s, false})})
    CHECK(outgoing<Submit>(encode(a_submit(validity))) == a_submit(validity));
  CHECK(outgoing<Command>(encode(a_command())) == a_command());
  CHECK(incoming<Deliver>(encode(a_deliver())) == a_deliver());
  CHECK(incoming<StatusReport>(encode(a_report())) == a_report());
  auto bare = a_report();
  bare.protocol_id.reset();
  bare.data.reset();
  CHECK(incoming<StatusReport>(encode(bare)) == bare);
}

TEST_CASE("every cut of an SMS-SUBMIT and an SMS-COMMAND is refused", "[sms]") {
  for (auto const& validity : {Validity(), Validity(RelativeValidity{4h}), Validity(noon),
                               Validity(EnhancedValidity{90s, true})})
    CHECK(cuts_taken(encode(a_submit(validity)), decode_outgoing) == 0);
  CHECK(cuts_taken(encode(a_command()), decode_outgoing) == 0);
}

TEST_CASE("every cut of an SMS-DELIVER is refused", "[sms]") {
  CHECK(cuts_taken(encode(a_deliver()), decode_incoming) == 0);
  auto deliver = a_deliver();
  deliver.data = UserData{8, "", std::string("\x5B\x57\x00\x61", 4)};
  deliver.origin = {NumberType::international, 1, "6281200000001"};
  CHECK(cuts_taken(encode(deliver), decode_incoming) == 0);
}

TEST_CASE("every cut of a status report is refused, but where what may be left out begins",
          "[sms]") {
  auto bare = a_report();
  bare.protocol_id.reset();
  bare.data.reset();
  CHECK(cuts_taken(encode(bare), decode_incoming) == 0);
  CHECK(cuts_taken(encode(a_report()), decode_incoming) == 1);
}

TEST_CASE("a status report's undefined parameters are passed over", "[sms]") {
  std::string const fixed = from_hex("06000B910221815716F2709021510121807090215101718000");
  CHECK(incoming<StatusReport>(fixed + from_hex("00")).status == 0);
  CHECK(incoming<StatusReport>(fixed + from_hex("81 00 7F")).protocol_id == 0x7F);
  auto const more = incoming<StatusReport>(fixed + from_hex("3E 04 02 41 42 FF FF"));
  REQUIRE(more.data);
  CHECK(more.data->text == "AB");
  CHECK_FALSE(more.protocol_id);
  CHECK_FALSE(decode_incoming(octets_in(fixed + from_hex("FF FF FF"))).has_value());
}

TEST_CASE("a header longer than the user data is refused", "[sms]") {
  auto const head = from_hex("44 04 81 1122 00");
  auto const time = from_hex("62116241030023");
  auto const decoded = [&](std::string_view coding, std::string_view data) {
    return decode_incoming(octets_in(head + from_hex(coding) + time + from_hex(data)));
  };
  CHECK_FALSE(decoded("08", "00").has_value());
  CHECK_FALSE(decoded("08", "03 05 00 03").has_value());
  CHECK_FALSE(decoded("00", "05 FF 00 00 00 00").has_value());
  CHECK_FALSE(decoded("00", "06 05 00 03 01 02 01").has_value());  // seven septets are under it
  CHECK(decoded("00", "07 05 00 03 01 02 01 00").has_value());
}

TEST_CASE("a header whose elements do not add up is ignored, its text is read", "[sms]") {
  auto const deliver =
      incoming<Deliver>(from_hex("44 04 81 1122 00 04 62116241030023 07 03 00 09 01 41 42 43"));
  CHECK_FALSE(joined_of(deliver.data));
  CHECK(text_in(deliver.data) == "ABC");
}

TEST_CASE("more than 140 octets of user data are refused", "[sms]") {
  auto const head = from_hex("04 04 81 1122 00");
  auto const time = from_hex("62116241030023");
  auto const with = [&](char coding, std::size_t length) {
    auto const bytes = head + coding + time + static_cast<char>(length) + std::string(255, 'x');
    return decode_incoming(octets_in(bytes)).has_value();
  };
  CHECK(with('\0', 160));
  CHECK_FALSE(with('\0', 161));
  CHECK(with('\x08', 140));
  CHECK_FALSE(with('\x08', 141));
}

TEST_CASE("a message of a reserved type is read as a text, a submit report is none", "[sms]") {
  auto bytes = encode(a_deliver());
  bytes[0] = static_cast<char>(bytes[0] | 0x03);
  CHECK(incoming<Deliver>(bytes) == a_deliver());
  bytes[0] = static_cast<char>((bytes[0] & ~0x03) | 0x01);
  CHECK_FALSE(decode_incoming(octets_in(bytes)).has_value());
  CHECK_FALSE(decode_outgoing(octets_in(encode(a_deliver()))).has_value());
}

TEST_CASE("a text whose time is nonsense is not lost", "[sms]") {
  auto const deliver =
      incoming<Deliver>(from_hex("04 04 81 1122 00 00 FFFFFFFFFFFFFF 04 D3E23008"));
  CHECK_FALSE(deliver.sent);
  CHECK(deliver.data.text.size() == 4);
}

TEST_CASE("compressed and binary texts are handed on as octets", "[sms]") {
  auto const compressed = incoming<Deliver>(from_hex("04 04 81 1122 00 20 62116241030023 02 C3A9"));
  CHECK(compressed.data.text == "\xC3\xA9");
  CHECK(coded_text_of(compressed.data).data_coding == 4);
  auto const binary = incoming<Deliver>(from_hex("04 04 81 1122 00 F5 62116241030023 02 C3A9"));
  CHECK(binary.data.text == "\xC3\xA9");
}

TEST_CASE("a line of anything but whole hexadecimal octets is refused", "[sms]") {
  for (std::string_view const bad : {"", "0", "0G", "00 11", "+CMT", "07911326", "FF"})
    CHECK_FALSE(read_line(bad).has_value());
  CHECK(octets_of("0aFf").value() == "\x0A\xFF");
}

TEST_CASE("the modem's number tells whether a service centre's address is there", "[sms]") {
  auto const tpdu = encode(a_deliver());
  auto const bare = bare_line_of(tpdu), with = line_of(tpdu, address_of("+6281100000").value());
  CHECK(bare.tpdu_octets == with.tpdu_octets);
  CHECK(read_line(bare.hex, tpdu.size())->octets == tpdu);
  CHECK_FALSE(read_line(bare.hex, tpdu.size())->service_centre);
  CHECK(read_line(with.hex, tpdu.size())->octets == tpdu);
  CHECK(read_line(with.hex, tpdu.size())->service_centre);
  CHECK_FALSE(read_line(with.hex, tpdu.size() - 1).has_value());
  CHECK_FALSE(read_line(with.hex, tpdu.size() + 1).has_value());
}

}  // namespace siaga::sms::tpdu
