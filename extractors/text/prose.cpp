#include "extractors/text/prose.h"
