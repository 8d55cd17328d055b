-- Makes manual pages out of Markdown: headings of the first level in capitals, no links that lead
-- nowhere from a terminal, and lists for tables, whose rows are too wide for one.

function Header(header)
  if header.level > 1 then return nil end
  return header:walk { Str = function(word) return pandoc.Str(pandoc.text.upper(word.text)) end }
end

function Link(link)
  if not link.target:match("^https?://") then return link.content end
end

local function inlines_of(cell)
  return pandoc.utils.blocks_to_inlines(cell.contents)
end

-- These columns need their names; what the others say is plain.
local labelled = { default = true, example = true }

-- "default: ''. MEANING. example: "..."" of the cells behind the first; one without words is left out.
local function description(headings, cells)
  local out = pandoc.List()
  for i = 2, #cells do
    local words = inlines_of(cells[i])
    if #words > 0 then
      if #out > 0 then out:extend({ pandoc.Str("."), pandoc.Space() }) end
      if labelled[headings[i]] then out:extend({ pandoc.Str(headings[i] .. ":"), pandoc.Space() }) end
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
    local words = pandoc.Plain(description(headings, row.cells))
    items[#items + 1] = { inlines_of(row.cells[1]), { { words } } }
  end
  return pandoc.DefinitionList(items)
end
