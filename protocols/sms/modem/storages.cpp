#include "protocols/sms/modem/storages.hpp"

#include <algorithm>

#include "gateway/base/log.hpp"
#include "protocols/sms/modem/at_fault.hpp"
#include "protocols/sms/modem/at_values.hpp"
#include "protocols/sms/modem/start_up.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

constexpr milliseconds listing_limit{60000};
constexpr milliseconds deleting_limit{25000};
constexpr int indexes_max = 512;
constexpr int received_read = 1;

bool is_modem_gone(AtAnswer const& answer) {
  return !answer.answered();
}

}  // namespace

std::vector<StoredPdu> parse_listing(std::vector<std::string> const& lines) {
  std::vector<StoredPdu> all;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (!same_text(at_name(lines[i]), "+CMGL") || !is_hex(lines[i + 1])) continue;
    auto const values = split_values(values_of(lines[i]));
    if (values.size() < 2) continue;
    StoredPdu stored;
    stored.index = number_of(values[0]).value_or(-1);
    stored.status = number_of(values[1]).value_or(-1);
    stored.hex = lines[i + 1];
    if (stored.index >= 0) all.push_back(std::move(stored));
  }
  return all;
}

std::optional<StoredPdu> parse_reading(std::vector<std::string> const& lines, int index) {
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (!same_text(at_name(lines[i]), "+CMGR") || !is_hex(lines[i + 1])) continue;
    auto const values = split_values(values_of(lines[i]));
    StoredPdu stored;
    stored.index = index;
    stored.status = values.empty() ? -1 : number_of(values[0]).value_or(-1);
    stored.hex = lines[i + 1];
    return stored;
  }
  return std::nullopt;
}

asio::awaitable<AtAnswer> Storages::ask(std::string text, milliseconds limit) {
  AtCommand command(std::move(text), limit);
  co_return co_await port_.ask(std::move(command));
}

StorageFill* Storages::find(std::string_view name) {
  auto const found = std::ranges::find(fill_, name, &StorageFill::name);
  return found == fill_.end() ? nullptr : &*found;
}

// "+CPMS: <used>,<total>,..." of the storage just selected.
void Storages::note_fill(AtAnswer const& answer, std::string const& name) {
  auto const values = split_values(answer.values("+CPMS"));
  if (values.size() < 2) return;
  auto* fill = find(name);
  if (fill == nullptr) fill = &fill_.emplace_back(StorageFill{name, 0, 0});
  fill->used = number_of(values[0]).value_or(0);
  fill->total = number_of(values[1]).value_or(0);
}

bool Storages::is_full() const noexcept {
  return std::ranges::any_of(fill_, &StorageFill::is_full);
}

std::string Storages::text() const {
  std::string text;
  for (auto const& one : fill_)
    text += (text.empty() ? "" : ", ") + one.name + ' ' + std::to_string(one.used) + " of " +
            std::to_string(one.total);
  return text;
}

asio::awaitable<Result<void>> Storages::select(std::string name) {
  auto const answer = co_await ask("AT+CPMS=\"" + name + '"', answer_limit_);
  if (!answer.ok()) co_return error_of(answer, "AT+CPMS");
  selected_ = name;
  note_fill(answer, name);
  co_return Result<void>();
}

asio::awaitable<Result<std::vector<StoredPdu>>> Storages::list() {
  auto const answer = co_await ask("AT+CMGL=4", listing_limit);
  if (!answer.ok()) co_return error_of(answer, "AT+CMGL=4");
  co_return parse_listing(answer.lines);
}

asio::awaitable<Result<std::vector<StoredPdu>>> Storages::read_one_by_one() {
  std::vector<StoredPdu> all;
  auto const* fill = find(selected_);
  auto const used = fill == nullptr ? 0 : fill->used;
  auto const total = fill == nullptr ? 0 : std::min(fill->total, indexes_max);
  int found = 0;
  for (int index = 0; index <= total && found < used; ++index) {
    auto const answer = co_await ask("AT+CMGR=" + std::to_string(index), answer_limit_);
    if (is_modem_gone(answer)) co_return error_of(answer, "AT+CMGR");
    if (auto stored = parse_reading(answer.lines, index)) {
      ++found;
      all.push_back(std::move(*stored));
    }
  }
  co_return all;
}

asio::awaitable<Result<void>> Storages::empty(std::string name) {
  auto const selected = co_await select(name);
  if (!selected) co_return selected.error();
  auto const* fill = find(name);
  bool const nothing_there = fill != nullptr && fill->total > 0 && fill->used == 0;
  kept_back_ = 0;
  if (nothing_there) co_return Result<void>();
  Result<std::vector<StoredPdu>> all = Error();
  if (report_.has_no_listing) {
    all = co_await read_one_by_one();
  } else {
    all = co_await list();
  }
  if (!all) co_return all.error();
  for (auto& stored : *all) {
    if (stored.status > received_read) continue;
    auto const done = co_await hand_over(std::move(stored));
    if (!done) co_return done.error();
  }
  co_return co_await select(std::move(name));
}

asio::awaitable<Result<void>> Storages::take_one(std::string name, int index) {
  if (name != selected_) {
    auto const selected = co_await select(name);
    if (!selected) co_return selected.error();
  }
  auto const answer = co_await ask("AT+CMGR=" + std::to_string(index), answer_limit_);
  if (is_modem_gone(answer)) co_return error_of(answer, "AT+CMGR");
  auto stored = parse_reading(answer.lines, index);
  if (!stored) co_return Result<void>();  // read before, by an emptying
  co_return co_await hand_over(std::move(*stored));
}

asio::awaitable<Result<void>> Storages::hand_over(StoredPdu stored) {
  auto const index = stored.index;
  if (auto const kind = kind_of_pdu(stored.hex)) {
    auto const kept = co_await sink_.take(*kind, std::move(stored.hex));
    if (!kept) {
      ++kept_back_;
      log::warning("modem_pdu_not_kept", {{"reason", kept.error().text()}});
      co_return Result<void>();
    }
  } else {
    log::warning("modem_pdu_unreadable", {{"storage", selected_}});
  }
  auto const deleted = co_await ask("AT+CMGD=" + std::to_string(index), deleting_limit);
  if (is_modem_gone(deleted)) co_return error_of(deleted, "AT+CMGD");
  if (!deleted.ok())
    log::warning("modem_delete_refused", {{"storage", selected_}, {"reason", deleted.why()}});
  co_return Result<void>();
}

}  // namespace siaga::sms
