-- Turns a page of docs/ into a manual page: the title goes, the sections move up one level, and a
-- table becomes a list, its first column the terms, since a terminal is too narrow for its rows.

local has_title = false

function Header(header)
  if header.level == 1 and not has_title and pandoc.utils.stringify(header) ~= "NAME" then
    has_title = true
    return {}
  end
  if has_title and header.level > 1 then header.level = header.level - 1 end
  if header.level == 1 then
    return header:walk { Str = function(word) return pandoc.Str(pandoc.text.upper(word.text)) end }
  end
  return header
end

-- Links within the page or to other pages of docs/ lead nowhere from a terminal.
function Link(link)
  if not link.target:match("^https?://") then return link.content end
end

local function inlines_of(cell)
  return pandoc.utils.blocks_to_inlines(cell.contents)
end

-- "DEFAULT. MEANING. Example: EXAMPLE" of the cells behind the first; a cell without words is left out.
local function description(headings, cells)
  local out = pandoc.List()
  for i = 2, #cells do
    local words = inlines_of(cells[i])
    if #words > 0 then
      if #out > 0 then out:extend({ pandoc.Str("."), pandoc.Space() }) end
      -- With two columns it is plain what the second one says.
      if #cells > 2 and headings[i] ~= "meaning" then
        out:extend({ pandoc.Str(headings[i] .. ":"), pandoc.Space() })
      end
      out:extend(words)
    end
  end
  return out
end

function Table(tbl)
  local headings = {}
  for i, cell in ipairs(tbl.head.rows[1].cells) do headings[i] = pandoc.utils.stringify(cell.contents) end
  local items = {}
  for _, row in ipairs(tbl.bodies[1].body) do
    items[#items + 1] = { inlines_of(row.cells[1]), { { pandoc.Plain(description(headings, row.cells)) } } }
  end
  return pandoc.DefinitionList(items)
end
