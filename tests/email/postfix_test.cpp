// The real channel through a real Postfix: a private instance that relays to the mail sink.
#include <pwd.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "tests/email/rig.hpp"
#include "tests/email/sample.hpp"
#include "tests/email/transcript.hpp"
#include "tests/support/temp_dir.hpp"

namespace siaga::email {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test::is;
using test::MailSink;
using test::Rig;
using test::settings_for;

constexpr char const* program = "/usr/sbin/postfix";

// Postfix's smallest set of services: takes mail on one port, relays all of it to another.
class Postfix {
 public:
  explicit Postfix(std::uint16_t relay_to) : port_(siaga::test::free_port()) {
    fs::path const place = directory_.path();
    fs::permissions(place, fs::perms(0755));
    for (auto const* name : {"etc", "queue", "data"}) fs::create_directory(place / name);
    auto const* owner = ::getpwnam("postfix");
    REQUIRE(owner != nullptr);
    REQUIRE(::chown((place / "data").c_str(), owner->pw_uid, owner->pw_gid) == 0);
    std::ofstream(place / "etc/main.cf") << main_cf(place.string(), relay_to);
    std::ofstream(place / "etc/master.cf") << master_cf();
    daemon_ = std::make_unique<siaga::test::Child>(command("start-fg"));
  }
  ~Postfix() {
    siaga::test::run_child(command("stop"), 30s);
    (void)daemon_->exit_code(30s);
  }
  Postfix(Postfix const&) = delete;
  Postfix& operator=(Postfix const&) = delete;

  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }

 private:
  std::vector<std::string> command(std::string const& verb) const {
    return {program, "-c", directory_.path() + "/etc", verb};
  }
  static std::string main_cf(std::string const& place, std::uint16_t relay_to) {
    return "compatibility_level = 3.6\nqueue_directory = " + place +
           "/queue\ndata_directory = " + place + "/data\nmaillog_file = " + place +
           "/log\nmaillog_file_prefixes = " + place +
           "\nrelayhost = [127.0.0.1]:" + std::to_string(relay_to) +
           "\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\n"
           "myhostname = mail.bontang.example\nmydestination =\nalias_maps =\nlocal_recipient_maps "
           "=\n"
           "mynetworks = 127.0.0.0/8\nsmtpd_peername_lookup = no\n"
           "smtp_dns_support_level = disabled\n"
           "smtpd_recipient_restrictions = check_recipient_access inline:{\n"
           "  { later@bontang.example = 450 4.2.0 greylisted },\n"
           "  { gone@bontang.example = 550 5.1.1 unknown } }, permit_mynetworks, reject\n";
  }
  std::string master_cf() const {
    return "127.0.0.1:" + std::to_string(port_) +
           " inet n - n - - smtpd\n"
           "postlog unix-dgram n - n - 1 postlogd\n"
           "cleanup unix n - n - 0 cleanup\n"
           "qmgr unix n - n 300 1 qmgr\n"
           "rewrite unix - - n - - trivial-rewrite\n"
           "bounce unix - - n - 0 bounce\n"
           "defer unix - - n - 0 bounce\n"
           "trace unix - - n - 0 bounce\n"
           "smtp unix - - n - - smtp\n"
           "retry unix - - n - - error\n"
           "error unix - - n - - error\n"
           "anvil unix - - n - 1 anvil\n"
           "scache unix - - n - 1 scache\n";
  }

  std::uint16_t port_;
  siaga::test::TempDir directory_;
  std::unique_ptr<siaga::test::Child> daemon_;
};

bool is_possible() {
  if (::getuid() == 0 && ::access(program, X_OK) == 0) return true;
  WARN("SKIPPED: needs root and Postfix (apt-get install postfix)");
  return false;
}

Message to(std::string const& address, int number = 1) {
  auto message = test::sample_alert();
  message.delivery = DeliveryId(number);
  message.address = address;
  return message;
}

}  // namespace

TEST_CASE("Postfix takes our alerts and passes them on as they were written", "[email][peers]") {
  if (!is_possible()) return;
  MailSink beyond;
  Postfix const postfix(beyond.port);
  Rig rig(settings_for(postfix.url()));
  rig.start();
  REQUIRE(rig.until([&] { return rig.channel().state() == LinkState::up; }, 30s));
  std::vector<Message> messages;
  for (int i = 1; i <= 20; ++i)
    messages.push_back(to("p" + std::to_string(i) + "@bontang.example", i));
  std::set<std::string> given, arrived;
  for (auto const& outcome : rig.send_all(messages, 4)) {
    INFO(test::reason_of(outcome));
    REQUIRE(is<Sent>(outcome));
    given.insert(std::get<Sent>(outcome).references.at(0));
  }
  for (auto const& mail : beyond.mails(20)) {
    arrived.insert(mail.message_id);
    CHECK(mail.subject + "\n\n" + mail.text == rig.channel().preview(messages[0]));
  }
  CHECK(arrived == given);
}

TEST_CASE("Postfix's refusals are temporary or permanent as it says", "[email][peers]") {
  if (!is_possible()) return;
  MailSink beyond;
  Postfix const postfix(beyond.port);
  Rig rig(settings_for(postfix.url()));
  rig.start();
  REQUIRE(rig.until([&] { return rig.channel().state() == LinkState::up; }, 30s));
  auto const later = rig.send(to("later@bontang.example"));
  CHECK(is<FailedTemporarily>(later));
  CHECK_THAT(test::reason_of(later), ContainsSubstring("450 4.2.0"));
  auto const gone = rig.send(to("gone@bontang.example"));
  CHECK(is<Failed>(gone));
  CHECK_THAT(test::reason_of(gone), ContainsSubstring("550 5.1.1"));
  CHECK(is<Sent>(rig.send(to("p1@bontang.example"))));
}

}  // namespace siaga::email
