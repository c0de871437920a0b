#include "gateway/flow/receipts.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

asio::awaitable<Result<void>> Receipts::record(Receipt receipt) {
  auto const recorded = co_await journal_.record(std::move(receipt));
  if (!recorded) co_return recorded.error();
  recorded_(*recorded);
  co_return Result<void>();
}

asio::awaitable<Result<void>> Receipts::resolve(LateOutcome outcome) {
  auto const recorded = co_await journal_.resolve(std::move(outcome));
  if (!recorded) co_return recorded.error();
  recorded_(*recorded);
  co_return Result<void>();
}

}  // namespace siaga::flow
