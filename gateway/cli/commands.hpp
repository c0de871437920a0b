// Commands: each subcommand of `siaga` as a function of its options; one file each.
//
// Place:  program (reads the arguments) -> COMMANDS -> exit code.
// Thread: main; run_app() alone starts others.
// Exits:  exits.hpp.
#pragma once

#include <string>
#include <vector>

#include "gateway/cli/terminal.hpp"

namespace siaga::cli {

int run(std::string const& config_file);
enum class Strictness { errors, warnings };  // what `check` fails for
int check(std::string const& config_file, Strictness strict, Terminal const& terminal);

struct PlanOptions {
  std::string config_file, alert_file;
  std::string at;      // empty = now
  std::string agency;  // empty = the one whose senders include the alert's
};
int plan(PlanOptions const& options, Terminal const& terminal);

struct LintOptions {
  std::string config_file;  // empty = the limits a gateway has by default
  std::string format = "text";
  std::vector<std::string> files;
};
int lint(LintOptions const& options, Terminal const& terminal);

struct QueryOptions {
  std::string config_file;
  std::string format = "table";
  std::string since;    // time, or a duration ago; empty = all
  std::string alert;    // id, code or CAP identifier; empty = all
  std::string officer;  // empty = all
  bool open_only = false;
  std::string against;  // log verify: SIZE:ROOT, or a file of them
};
int alerts(QueryOptions const& options, Terminal const& terminal);
int alert(QueryOptions const& options, Terminal const& terminal);
int acks(QueryOptions const& options, Terminal const& terminal);
int refused(QueryOptions const& options, Terminal const& terminal);
int incidents(QueryOptions const& options, Terminal const& terminal);
int log_show(QueryOptions const& options, Terminal const& terminal);
int log_verify(QueryOptions const& options, Terminal const& terminal);
int log_accept_rollback(QueryOptions const& options, Terminal const& terminal);

struct KeygenOptions {
  std::string name;
  std::string folder = ".";
};
int keygen(KeygenOptions const& options, Terminal const& terminal);

struct SigningOptions {
  std::string key_file;  // send: empty = unsigned
  std::string key_id;    // empty = the file's name without .key
  std::string valid = "15m";
};
struct SignOptions {
  std::string alert_file;
  std::string agency, topic;  // one of them
  std::string format = "text";
  SigningOptions signing;
};
int sign(SignOptions const& options, Terminal const& terminal);

struct SendOptions {
  std::string config_file, alert_file, agency;
  std::string url, username, password_file, ca_file, cert_file, key_file;
  std::string limit = "30s";
  SigningOptions signing;
};
int send(SendOptions const& options, Terminal const& terminal);

struct SmsProbeOptions {
  std::string config_file, channel;
  std::string to;  // empty = no text is sent
  std::string limit = "30s";
};
int sms_probe(SmsProbeOptions const& options, Terminal const& terminal);

enum class ReferencePart { keys, example, directory };
int reference(ReferencePart part, Terminal const& terminal);

int version(Terminal const& terminal);

}  // namespace siaga::cli
