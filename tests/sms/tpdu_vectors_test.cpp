// PDUs that others published or recorded, read and written to the octet.
#include "tests/sms/tpdu_bytes.hpp"

namespace siaga::sms::tpdu {
using namespace std::chrono_literals;

TEST_CASE("a text from +31641600986 is read with its service centre, time and words", "[sms]") {
  std::string const line =
      "07911326040000F0040B911346610089F60000208062917314480CC8F71D14969741F977FD07";
  auto const received = read_line(line, 30);
  REQUIRE(received.has_value());
  REQUIRE(received->service_centre);
  CHECK(to_text(*received->service_centre) == "+31624000000");
  auto const deliver = incoming<Deliver>(received->octets);
  CHECK(to_text(deliver.origin) == "+31641600986");
  CHECK(deliver.protocol_id == 0);
  CHECK_FALSE(deliver.more_to_come);
  REQUIRE(deliver.sent);
  CHECK(deliver.sent->offset == -1h);
  CHECK(deliver.sent->at == utc("2002-08-26T20:37:41Z"));
  CHECK(text_in(deliver.data) == "How are you?");
  CHECK(line_of(encode(deliver), received->service_centre).hex == line);
}

TEST_CASE("a text from a sender with a name is read", "[sms]") {
  std::string const line = "0791447758100650040DD0F334FC1CA6970100008080312170224008D4F29CDE0EA7D9";
  auto const received = read_line(line, 27);
  REQUIRE(received.has_value());
  CHECK(to_text(received->service_centre.value()) == "+447785016005");
  auto const deliver = incoming<Deliver>(received->octets);
  CHECK(deliver.origin == Address{NumberType::alphanumeric, 0, "sipgate"});
  CHECK(deliver.sent == Timestamp{utc("2008-08-13T11:07:22Z"), 1h});
  CHECK(text_in(deliver.data) == "Testmail");
  CHECK(line_of(encode(deliver), received->service_centre).hex == line);
}

TEST_CASE("hellohello to +46708251358 is written as AT+CMGS=23 wants it", "[sms]") {
  Submit submit;
  submit.destination = address_of("+46708251358").value();
  submit.validity = RelativeValidity{std::chrono::days(4)};
  submit.data.text = "hellohello";
  auto const line = line_of(encode(submit));
  CHECK(line.hex == "0011000B916407281553F80000AA0AE8329BFD4697D9EC37");
  CHECK(line.tpdu_octets == 23);
  CHECK(outgoing<Submit>(read_line(line.hex)->octets) == submit);
}

TEST_CASE("a text that dies after a day, behind a service centre's address", "[sms]") {
  Submit submit;
  submit.destination = address_of("+358478400241").value();
  submit.validity = RelativeValidity{24h};
  submit.data.text = "This is testing !";
  auto const line = line_of(encode(submit), address_of("+358405202090").value());
  CHECK(line.hex ==
        "079153485002020911000C915348870420140000A7"
        "1154747A0E4ACF41F4F29C9E769F4121");
  CHECK(read_line(line.hex, line.tpdu_octets)->octets == encode(submit));
}

TEST_CASE("a status report says when +20121875612 had the text", "[sms]") {
  auto const bytes = from_hex("06000B910221815716F2709021510121807090215101718000");
  auto const report = incoming<StatusReport>(bytes);
  CHECK(to_text(report.recipient) == "+20121875612");
  CHECK(report.reference == 0);
  CHECK(report.sent == Timestamp{utc("2007-09-12T13:10:12Z"), 2h});
  CHECK(report.at == Timestamp{utc("2007-09-12T13:10:17Z"), 2h});
  CHECK(report.status == 0);
  CHECK_FALSE(report.of_command);
  CHECK(encode(report) == bytes);
}

TEST_CASE("a first part of two begins one fill bit after its header", "[sms]") {
  // The header takes 48 bits, seven septets are 49.
  auto const packed = from_hex(
      "986F79B90D4AC3E7F53688FC66BFE5A0799A0E0AB7CB741668FC76CFCB637A995E9783C2E4343C3D4F8FD3EE33A8"
      "CC4ED359A079990C22BF41E5747DDE7E9341F4721BFE9683D2EE719A9C26D7DD74509D0E6287C56F791954A683C8"
      "6FF65B5E06B5C36777181466A7E3F5B0AB4A0795DDE936284C06B5D3EE741B642FBBD3E1360B14AFA7E7");
  auto const bytes = from_hex("41 00 0B 91 1326880736F4 00 00 A0 05 00 03 CC 02 01") + packed;
  auto const submit = outgoing<Submit>(bytes);
  CHECK(submit.data.header == std::string("\x05\x00\x03\xCC\x02\x01", 6));
  CHECK(submit.data.text.size() == 153);
  CHECK(text_in(submit.data) ==
        "Lorem ipsum dolor sit amet, consectetur adipisicing elit, sed do eiusmod tempor "
        "incididunt ut labore et dolore magna aliqua.Ut enim ad minim veniam, quis");
  auto const joined = joined_of(submit.data);
  REQUIRE(joined);
  CHECK(joined->reference == 0xCC);
  CHECK(joined->number == 1);
  CHECK(joined->total == 2);
  CHECK(encode(submit) == bytes);
}

TEST_CASE("unknown elements before a text are passed over and kept", "[sms]") {
  auto const bytes = from_hex(
      "41000B915121551532F40000631A0A031906200A032104100A032705040A032E05080A043807002B8ACD29A85D9E"
      "CFC3E7F21C340EBB41E3B79B1E4EBB41697A989D1EB340E2379BCC02B1C3F27399059AB7C36C3628EC2683C66FF6"
      "5B5E2683E8653C1D");
  auto const submit = outgoing<Submit>(bytes);
  CHECK(text_in(submit.data) ==
        "EMS messages can contain italic, bold, large, small and colored text");
  CHECK_FALSE(joined_of(submit.data));
  CHECK(submit.data.header.size() == 0x1B);
  CHECK(encode(submit) == bytes);
}

TEST_CASE("a command that withdraws a text is written as 9.2.2.4 says", "[sms]") {
  Command command;
  command.reference = 7;
  command.type = CommandType::delete_message;
  command.message = 0x2A;
  command.destination = address_of("+6281200000001").value();
  command.status_report = true;
  auto const bytes = encode(command);
  CHECK(bytes == from_hex("22 07 00 02 2A 0D 91 261802000000F1 00"));
  CHECK(outgoing<Command>(bytes) == command);
}

}  // namespace siaga::sms::tpdu
