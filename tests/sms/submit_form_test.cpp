#include "protocols/sms/smpp/submit_form.hpp"

#include "protocols/sms/smpp/decode.hpp"
#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

Message alert_of(Priority priority = Priority::life) {
  Message message;
  message.kind = MessageKind::alert;
  message.priority = priority;
  message.code = "4821";
  return message;
}

std::vector<SubmitPart> parts_of(std::string const& text, SubmitForm const& form,
                                 Message const& message = alert_of()) {
  return submit_parts(segment(text, GsmOptions()), 0x1234, message, form);
}

std::string const long_text(200, 'a');

}  // namespace

TEST_CASE("a short text is one plain submit, however a link joins", "[sms]") {
  for (auto const joining : {Joining::header, Joining::options, Joining::payload}) {
    SubmitForm form;
    form.joining = joining;
    auto const parts = parts_of("Siaga", form);
    REQUIRE(parts.size() == 1);
    CHECK(parts[0].text == "Siaga");
    CHECK(parts[0].options.empty());
    CHECK(parts[0].esm_class == 0);
    CHECK(parts[0].data_coding == 0);
  }
}

TEST_CASE("parts are joined by a header in the text", "[sms]") {
  auto const parts = parts_of(long_text, {});
  REQUIRE(parts.size() == 2);
  CHECK(parts[1].esm_class == 0x40);
  CHECK(parts[1].text == std::string("\x05\x00\x03\x34\x02\x02", 6) + std::string(47, 'a'));
}

TEST_CASE("a wide reference goes whole into the header", "[sms]") {
  GsmOptions options;
  options.wide_reference = true;
  auto const parts = submit_parts(segment(long_text, options), 0x1234, alert_of(), {});
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].text.size() == 7 + 152);
  CHECK(parts[1].text.substr(0, 7) == std::string("\x06\x08\x04\x12\x34\x02\x02", 7));
}

TEST_CASE("parts are joined by options where a carrier wants them so", "[sms]") {
  SubmitForm form;
  form.joining = Joining::options;
  auto const parts = parts_of(long_text, form);
  REQUIRE(parts.size() == 2);
  CHECK(parts[1].esm_class == 0);
  CHECK(parts[1].text == std::string(47, 'a'));
  CHECK(option_number(parts[1].options, Tag::sar_reference) == 0x1234);
  CHECK(option_number(parts[1].options, Tag::sar_total) == 2);
  CHECK(option_number(parts[1].options, Tag::sar_number) == 2);
}

TEST_CASE("a carrier that cuts texts itself gets the whole in one submit", "[sms]") {
  SubmitForm form;
  form.joining = Joining::payload;
  auto const parts = parts_of(long_text, form);
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].text.empty());
  CHECK(option(parts[0].options, Tag::message_payload) == std::string_view(long_text));
}

TEST_CASE("only what presses most is flashed, and only alerts", "[sms]") {
  SubmitForm form;
  form.flash = Flash::coding;
  CHECK(parts_of("Siaga", form).front().data_coding == 0x10);
  CHECK(parts_of("\xd0\x90", form).front().data_coding == 0x18);
  CHECK(parts_of("Siaga", form, alert_of(Priority::urgent)).front().data_coding == 0);
  auto closing = alert_of();
  closing.kind = MessageKind::closing;
  CHECK(parts_of("Siaga", form, closing).front().data_coding == 0);
  form.flash = Flash::group;
  CHECK(parts_of("Siaga", form).front().data_coding == 0xF0);
  CHECK(parts_of("\xd0\x90", form).front().data_coding == 0x18);  // 1111 has no UCS-2
  CHECK(parts_of("Siaga", form, closing).front().data_coding == 0);
  CHECK(parts_of("\xd0\x90", form, closing).front().data_coding == 0x08);
  for (auto const& part : parts_of(long_text, form)) CHECK(part.data_coding == 0xF0);
  form.flash = Flash::option;
  auto const part = parts_of("Siaga", form).front();
  CHECK(part.data_coding == 0);
  CHECK(option_number(part.options, Tag::dest_addr_subunit) == 1);
}

TEST_CASE("an update takes its alert's place on the phone, for both have one code", "[sms]") {
  SubmitForm form;
  form.replaces = true;
  auto update = alert_of();
  update.kind = MessageKind::update;
  auto const type = parts_of("Siaga", form).front().protocol_id;
  CHECK(type >= 0x41);
  CHECK(type <= 0x47);
  CHECK(parts_of("Siaga, baru", form, update).front().protocol_id == type);
  CHECK(parts_of(long_text, form).front().protocol_id == 0);  // phones replace single texts only
}

}  // namespace siaga::sms
