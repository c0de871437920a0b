#include "gateway/async/pch.hpp"
