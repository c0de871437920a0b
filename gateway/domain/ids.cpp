#include "gateway/domain/ids.hpp"
