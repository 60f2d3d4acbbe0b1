//! Definitions of types and directives (3 of the specification). A request may hold none; but where one is well-formed, that is
//! what is wrong, and not its syntax.

use super::{
    grammar::{Grammar, Variables},
    lexer::Read,
};

const PLACES: [&str; 20] = [
    "ARGUMENT_DEFINITION",
    "DIRECTIVE_DEFINITION",
    "ENUM",
    "ENUM_VALUE",
    "FIELD",
    "FIELD_DEFINITION",
    "FRAGMENT_DEFINITION",
    "FRAGMENT_SPREAD",
    "INLINE_FRAGMENT",
    "INPUT_FIELD_DEFINITION",
    "INPUT_OBJECT",
    "INTERFACE",
    "MUTATION",
    "OBJECT",
    "QUERY",
    "SCALAR",
    "SCHEMA",
    "SUBSCRIPTION",
    "UNION",
    "VARIABLE_DEFINITION",
];

/// Whether a definition begins with this word.
pub fn begins(word: &str) -> bool {
    matches!(word, "schema" | "scalar" | "type" | "interface" | "union" | "enum" | "input" | "directive" | "extend")
}

impl Grammar<'_> {
    pub(super) fn type_system(&mut self) -> Read<()> {
        if self.is_keyword("directive") {
            return self.directive_definition();
        }
        let is_extension = self.is_keyword("extend");
        if is_extension {
            self.advance()?;
        }
        let says_something = self.type_definition(is_extension)?;
        if is_extension && !says_something { self.unexpected() } else { Ok(()) }
    }

    /// Whether there is something beside the name.
    fn type_definition(&mut self, is_extension: bool) -> Read<bool> {
        let keyword = self.token.text;
        self.name()?;
        match keyword {
            "schema" => {
                let has_directives = self.const_directives()?;
                if is_extension && !self.is("{") {
                    return Ok(has_directives);
                }
                self.many("{", "}", Self::root)?;
                return Ok(true);
            }
            "scalar" | "type" | "interface" | "union" | "enum" | "input" => self.name()?,
            _ => return self.unexpected(),
        }
        let is_implementing = matches!(keyword, "type" | "interface") && self.implements()?;
        let has_directives = self.const_directives()?;
        let has_body = match keyword {
            "type" | "interface" => self.body(Self::field_definition)?,
            "enum" => self.body(Self::enum_value)?,
            "input" => self.body(Self::input_value)?,
            "union" if self.takes("=")? => {
                self.delimited("|", Self::name)?;
                true
            }
            _ => false,
        };
        Ok(is_implementing || has_directives || has_body)
    }

    fn directive_definition(&mut self) -> Read<()> {
        self.advance()?;
        self.expect("@")?;
        self.name()?;
        self.argument_definitions()?;
        if self.is_keyword("repeatable") {
            self.advance()?;
        }
        self.keyword("on")?;
        self.delimited(
            "|",
            |grammar| if PLACES.contains(&grammar.token.text) { grammar.name() } else { grammar.unexpected() },
        )
    }

    fn const_directives(&mut self) -> Read<bool> {
        let has_some = self.is("@");
        self.directives(Variables::Forbidden)?;
        Ok(has_some)
    }

    fn implements(&mut self) -> Read<bool> {
        let is_there = self.is_keyword("implements");
        if is_there {
            self.advance()?;
            self.delimited("&", Self::name)?;
        }
        Ok(is_there)
    }

    fn delimited(&mut self, delimiter: &str, read: impl Fn(&mut Self) -> Read<()>) -> Read<()> {
        self.takes(delimiter)?;
        read(self)?;
        while self.takes(delimiter)? {
            read(self)?;
        }
        Ok(())
    }

    fn body(&mut self, read: impl FnMut(&mut Self) -> Read<()>) -> Read<bool> {
        let is_there = self.is("{");
        if is_there {
            self.many("{", "}", read)?;
        }
        Ok(is_there)
    }

    fn root(&mut self) -> Read<()> {
        if !matches!(self.token.text, "query" | "mutation" | "subscription") {
            return self.unexpected();
        }
        self.name()?;
        self.expect(":")?;
        self.name()
    }

    fn field_definition(&mut self) -> Read<()> {
        self.description()?;
        self.name()?;
        self.argument_definitions()?;
        self.expect(":")?;
        self.ty()?;
        self.directives(Variables::Forbidden)
    }

    fn argument_definitions(&mut self) -> Read<()> {
        if self.is("(") { self.many("(", ")", Self::input_value) } else { Ok(()) }
    }

    fn input_value(&mut self) -> Read<()> {
        self.description()?;
        self.name()?;
        self.expect(":")?;
        self.ty()?;
        if self.takes("=")? {
            self.value(Variables::Forbidden)?;
        }
        self.directives(Variables::Forbidden)
    }

    fn enum_value(&mut self) -> Read<()> {
        self.description()?;
        if matches!(self.token.text, "true" | "false" | "null") {
            return self.unexpected();
        }
        self.name()?;
        self.directives(Variables::Forbidden)
    }
}
