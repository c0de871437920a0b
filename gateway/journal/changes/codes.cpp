#include "gateway/journal/changes/codes.hpp"

#include "gateway/domain/code.hpp"

namespace siaga::journal {
namespace {

constexpr std::chrono::hours code_rests{24};
constexpr int short_codes_taken_max = 300;
constexpr int draws_max = 64;

bool claim(Transaction& tx, std::string const& code, AlertId alert) {
  return run(tx.db, "INSERT INTO codes VALUES (?, ?, NULL) ON CONFLICT (code) DO NOTHING", code,
             alert) > 0;
}

int digits_now(Transaction& tx) {
  auto const taken = first<int>(tx.db,
                                "SELECT count(*) FROM (SELECT 1 FROM codes"
                                " WHERE length(code) = 4 LIMIT ?) short",
                                short_codes_taken_max + 1);
  return taken.value_or(0) > short_codes_taken_max ? 5 : 4;
}

std::string draw(Transaction& tx, AlertId alert) {
  int const digits = digits_now(tx);
  std::uint32_t const count = digits == 4 ? 1000 : 10000;
  std::uniform_int_distribution<std::uint32_t> number(0, count - 1);
  for (int i = 0; i < draws_max; ++i)
    if (auto code = code_of(number(tx.random), digits); claim(tx, code, alert)) return code;
  auto const start = number(tx.random);
  for (std::uint32_t i = 0; i < count; ++i)
    if (auto code = code_of((start + i) % count, digits); claim(tx, code, alert)) return code;
  return "";
}

}  // namespace

std::string give_code(Transaction& tx, AlertId alert, SteadyTime now) {
  free_codes(tx, now);
  auto code = draw(tx, alert);
  if (!code.empty()) return code;
  auto const resting = first<std::string>(tx.db,
                                          "SELECT code FROM codes WHERE free_at IS NOT NULL"
                                          " ORDER BY free_at LIMIT 1");
  if (!resting) return "";
  run(tx.db, "UPDATE codes SET alert = ?, free_at = NULL WHERE code = ?", alert, *resting);
  return *resting;
}

std::string inherit_code(Transaction& tx, AlertId from, AlertId to) {
  auto const code = first<std::string>(tx.db, "SELECT code FROM codes WHERE alert = ?", from);
  if (!code) return "";
  run(tx.db, "UPDATE codes SET alert = ?, free_at = NULL WHERE code = ?", to, *code);
  return *code;
}

void retire_code(Transaction& tx, AlertId alert, SteadyTime now) {
  run(tx.db, "UPDATE codes SET free_at = ? WHERE alert = ?", now + code_rests, alert);
}

void free_codes(Transaction& tx, SteadyTime now) {
  run(tx.db, "DELETE FROM codes WHERE free_at <= ?", now);
}

void limit_rests(Transaction& tx, SteadyTime now) {
  run(tx.db, "UPDATE codes SET free_at = ?1 WHERE free_at > ?1", now + code_rests);
}

}  // namespace siaga::journal
