#include "protocols/sms/text/display.hpp"

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

}  // namespace

TEST_CASE("only alerts and updates that press most may flash", "[sms]") {
  CHECK(may_flash(alert_of()));
  CHECK_FALSE(may_flash(alert_of(Priority::urgent)));
  auto closing = alert_of();
  closing.kind = MessageKind::closing;
  CHECK_FALSE(may_flash(closing));
}

TEST_CASE("an alert and its update share a replace type, a text of parts has none", "[sms]") {
  auto update = alert_of();
  update.kind = MessageKind::update;
  auto const type = replace_type(alert_of(), 1);
  CHECK(type >= 0x41);
  CHECK(type <= 0x47);
  CHECK(replace_type(update, 1) == type);
  CHECK(replace_type(alert_of(), 2) == 0);
  update.code.clear();
  CHECK(replace_type(update, 1) == 0);
}

}  // namespace siaga::sms
