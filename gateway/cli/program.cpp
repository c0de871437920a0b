#include "gateway/cli/program.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/safe_stream.hpp"

namespace siaga::cli {
namespace {

constexpr char const* default_config = "/etc/siaga/siaga.toml";

// Read here and not by the parser: it would let the environment win over --config, for the option
// is that of several commands.
std::string config_of_environment() {
  auto const* named = std::getenv("SIAGA_CONFIG");
  return named != nullptr ? named : default_config;
}

class Program {
 public:
  explicit Program(Terminal terminal) : terminal_(terminal) {
    app_.require_subcommand(0, 1);
    app_.add_flag("--version", wants_version_, "print the version");
    add_daemon_commands();
    add_plan();
    add_lint();
    add_queries();
    add_log();
    add_signing();
    add_send();
    add_sms();
    add_reference();
  }

  int run(std::vector<std::string> arguments) {
    std::ranges::reverse(arguments);  // as the library wants them
    try {
      app_.parse(std::move(arguments));
    } catch (CLI::ParseError const& error) {
      return app_.exit(error, terminal_.out, terminal_.err) == 0 ? exit_good : exit_usage;
    }
    if (wants_version_) return version(terminal_);
    if (!chosen_) {
      terminal_.err << app_.help();
      return exit_usage;
    }
    return chosen_();
  }

 private:
  using Choice = std::function<int()>;

  CLI::App* add(CLI::App& parent, char const* name, char const* sentence, Choice choice) {
    auto* command = parent.add_subcommand(name, sentence);
    command->callback([this, choice = std::move(choice)] { chosen_ = choice; });
    return command;
  }
  void add_config(CLI::App* command) {
    command->add_option("--config", config_, "the configuration file; else $SIAGA_CONFIG")
        ->default_str(default_config);
  }

  void add_daemon_commands();
  void add_plan();
  void add_lint();
  void add_queries();
  void add_log();
  void add_signing();
  void add_signing_details(CLI::App* command, SigningOptions& options);
  void add_send();
  void add_sms();
  void add_reference();
  void add_filters(CLI::App* command);
  void add_format(CLI::App* command);
  QueryOptions query() {
    query_.config_file = config_;
    return query_;
  }

  Terminal terminal_;
  CLI::App app_{"Siaga, an alert gateway: from agencies to duty officers, and their answers back.",
                "siaga"};
  bool wants_version_ = false, wants_example_ = false, wants_directory_ = false, is_strict_ = false;
  std::string config_ = config_of_environment();
  PlanOptions plan_;
  LintOptions lint_;
  SmsProbeOptions sms_probe_;
  QueryOptions query_;
  KeygenOptions keygen_;
  SignOptions sign_;
  SendOptions send_;
  Choice chosen_;
};

void Program::add_daemon_commands() {
  add_config(add(app_, "run", "the daemon, in the foreground, until SIGTERM; SIGHUP reloads",
                 [this] { return cli::run(config_); }));
  auto* reads =
      add(app_, "check", "read the configuration, connect to nothing, print all problems", [this] {
        auto const strict = is_strict_ ? Strictness::warnings : Strictness::errors;
        return check(config_, strict, terminal_);
      });
  add_config(reads);
  reads->add_flag("--strict", is_strict_, "fail for warnings too");
  add(app_, "version", "print the version", [this] { return version(terminal_); });
}

void Program::add_plan() {
  auto* command =
      add(app_, "plan", "who would be told of an alert, how and why; sends nothing", [this] {
        plan_.config_file = config_;
        return plan(plan_, terminal_);
      });
  add_config(command);
  command->add_option("ALERT-FILE", plan_.alert_file, "CAP in XML or JSON; - for standard input")
      ->required();
  command->add_option("--at", plan_.at, "as of this time instead of now");
  command->add_option("--agency", plan_.agency,
                      "the agency that speaks; else the one with the alert's sender");
}

void Program::add_lint() {
  auto* command = add(app_, "lint", "read alert files as the gateway would, and say what is wrong",
                      [this] { return lint(lint_, terminal_); });
  command->add_option("FILE", lint_.files, "CAP in XML or JSON; - for standard input")->required();
  command->add_option("--config", lint_.config_file, "take the limits from this configuration");
  command->add_option("--format", lint_.format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->default_str("text");
}

void Program::add_format(CLI::App* command) {
  command->add_option("--format", query_.format, "table, json or csv")
      ->check(CLI::IsMember({"table", "json", "csv"}))
      ->default_str("table");
}

void Program::add_filters(CLI::App* command) {
  command->add_option("--alert", query_.alert, "only this alert: id, code or CAP identifier");
  command->add_option("--officer", query_.officer, "only this officer");
  command->add_option("--since", query_.since, "only since: a time, or how long ago (2h)");
}

void Program::add_queries() {
  auto* all = add(app_, "alerts", "all alerts, newest first",
                  [this] { return alerts(query(), terminal_); });
  add_config(all);
  add_format(all);
  all->add_flag("--open", query_.open_only, "only those that are open");
  all->add_option("--since", query_.since, "only since: a time, or how long ago (2h)");

  auto* one = add(app_, "alert", "one alert: its deliveries, answers and timeline",
                  [this] { return alert(query(), terminal_); });
  add_config(one);
  one->add_option("--format", query_.format, "table, json, csv, or cap: the alert as CAP 1.2 XML")
      ->check(CLI::IsMember({"table", "json", "csv", "cap"}))
      ->default_str("table");
  one->add_option("ID", query_.alert, "the gateway's id, the code or the CAP identifier")
      ->required();

  auto* left_out = add(app_, "refused", "messages that were refused or are held, and every reason",
                       [this] { return refused(query(), terminal_); });
  add_config(left_out);
  add_format(left_out);
  left_out->add_flag("--held", query_.open_only, "only those that wait");
  left_out->add_option("--since", query_.since, "only since: a time, or how long ago (2h)");

  auto* troubles =
      add(app_, "incidents", "what went wrong with the gateway itself, since when, what to do",
          [this] { return incidents(query(), terminal_); });
  add_config(troubles);
  add_format(troubles);
  troubles->add_flag("--open", query_.open_only, "only those that go on");
  troubles->add_option("--since", query_.since, "only since: a time, or how long ago (2h)");

  auto* answers =
      add(app_, "acks", "the acknowledgement log", [this] { return acks(query(), terminal_); });
  add_config(answers);
  add_format(answers);
  add_filters(answers);
}

void Program::add_log() {
  auto* log = app_.add_subcommand("log", "the tamper-evident log of everything that happened");
  log->require_subcommand(1);
  auto* verify = add(*log, "verify", "recompute it and compare with every checkpoint",
                     [this] { return log_verify(query(), terminal_); });
  add_config(verify);
  add_format(verify);
  verify->add_option("--against", query_.against,
                     "SIZE:ROOT of a checkpoint kept elsewhere, or a file of such lines");
  add_config(add(*log, "accept-rollback",
                 "this store is the one to go on with, though it is older than the checkpoint the "
                 "broker retains",
                 [this] { return log_accept_rollback(query(), terminal_); }));
  auto* show = add(*log, "show", "its rows", [this] { return log_show(query(), terminal_); });
  add_config(show);
  add_format(show);
  add_filters(show);
}

void Program::add_signing() {
  auto* make = add(app_, "keygen", "make an agency's signing key, and say what the gateway needs",
                   [this] { return keygen(keygen_, terminal_); });
  make->add_option("NAME", keygen_.name, "the key's id, such as polres-2026")->required();
  make->add_option("--out", keygen_.folder, "the folder of NAME.key")->default_str(".");

  auto* command = add(app_, "sign", "sign an alert for any MQTT 5 client to publish",
                      [this] { return sign(sign_, terminal_); });
  command
      ->add_option("ALERT-FILE", sign_.alert_file, "what will be published; - for standard input")
      ->required();
  command->add_option("--key", sign_.signing.key_file, "the file of `siaga keygen`")->required();
  add_signing_details(command, sign_.signing);
  auto* where = command->add_option_group("where");
  where->add_option("--agency", sign_.agency, "the agency that speaks: siaga/alert/AGENCY");
  where->add_option("--topic", sign_.topic, "the topic, when another");
  where->require_option(1);
  command->add_option("--format", sign_.format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->default_str("text");
}

void Program::add_signing_details(CLI::App* command, SigningOptions& options) {
  command->add_option("--key-id", options.key_id,
                      "its id at the gateway; else the file's name without .key");
  command->add_option("--valid", options.valid, "how long the signature is valid, at most 24h")
      ->default_str("15m");
}

void Program::add_send() {
  auto* command =
      add(app_, "send", "publish an alert as an agency would, and wait for the receipt", [this] {
        send_.config_file = config_;
        return send(send_, terminal_);
      });
  add_config(command);
  command->add_option("ALERT-FILE", send_.alert_file, "CAP in XML or JSON; - for standard input")
      ->required();
  command->add_option("--agency", send_.agency, "the agency that speaks")->required();
  command->add_option("--wait", send_.limit, "how long to wait for the receipt")
      ->default_str("30s");
  command->add_option("--url", send_.url, "the broker, when not that of [mqtt]");
  command->add_option("--username", send_.username, "the agency's name at the broker");
  command->add_option("--password-file", send_.password_file, "file with its password");
  command->add_option("--ca-file", send_.ca_file, "certificates to trust");
  command->add_option("--cert-file", send_.cert_file, "the agency's certificate");
  command->add_option("--key-file", send_.key_file, "its key");
  auto* key = command->add_option("--sign-key", send_.signing.key_file,
                                  "sign with this file of `siaga keygen`");
  add_signing_details(command, send_.signing);
  for (auto const* detail : {"--key-id", "--valid"}) command->get_option(detail)->needs(key);
}

void Program::add_sms() {
  auto* sms = app_.add_subcommand("sms", "the SMS channels");
  sms->require_subcommand(1);
  auto* probe =
      add(*sms, "probe", "try a channel: does it connect, does a text arrive whole", [this] {
        sms_probe_.config_file = config_;
        return sms_probe(sms_probe_, terminal_);
      });
  add_config(probe);
  probe->add_option("--channel", sms_probe_.channel, "the NAME of its [channel.NAME]")->required();
  probe->add_option("--to", sms_probe_.to, "a number to send a text of telling characters to");
  probe->add_option("--wait", sms_probe_.limit, "how long to wait for each step")
      ->default_str("30s");
}

void Program::add_reference() {
  auto* command = add(app_, "reference", "every setting, as config/README.md", [this] {
    auto const part = wants_example_     ? ReferencePart::example
                      : wants_directory_ ? ReferencePart::directory
                                         : ReferencePart::keys;
    return reference(part, terminal_);
  });
  auto* example =
      command->add_flag("--example", wants_example_, "an example configuration instead");
  command->add_flag("--directory", wants_directory_, "an example directory file instead")
      ->excludes(example);
}

}  // namespace

int run_program(std::vector<std::string> arguments, Terminal const& terminal) {
  SafeStream out(terminal.out), err(terminal.err);
  return Program({out, err, terminal.now}).run(std::move(arguments));
}

}  // namespace siaga::cli
