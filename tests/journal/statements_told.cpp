// With SIAGA_STATEMENTS=FILE in the environment this program writes out, a line each, every
// statement that its store threads ran while it tested them: statements.py looks at how.
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <set>
#include <string>
#include <thread>

namespace {

class StatementsTold {
 public:
  StatementsTold() {
    if (file != nullptr) sqlite3_auto_extension(reinterpret_cast<void (*)()>(&watch));
  }
  ~StatementsTold() {
    if (file == nullptr) return;
    std::ofstream out(file);
    for (auto const& statement : statements) out << statement << '\n';
  }

 private:
  static int watch(sqlite3* database, char**, sqlite3_api_routines const*) {
    return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, &begun, nullptr);
  }
  static int begun(unsigned, void*, void* statement, void* text) {
    std::string_view const told = static_cast<char const*>(text);
    bool const of_a_trigger = told.starts_with("--");
    bool const of_the_test = std::this_thread::get_id() == main_thread;
    if (of_a_trigger || of_the_test) return 0;
    std::string line = sqlite3_sql(static_cast<sqlite3_stmt*>(statement));
    std::ranges::replace(line, '\n', ' ');
    std::lock_guard const one_at_a_time(access);
    statements.insert(std::move(line));
    return 0;
  }

  char const* const file = std::getenv("SIAGA_STATEMENTS");
  static inline std::thread::id const main_thread = std::this_thread::get_id();
  static inline std::mutex access;
  static inline std::set<std::string> statements;
};

StatementsTold const while_this_program_runs;

}  // namespace
