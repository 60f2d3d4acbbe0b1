//! Operations, fragments, values (2.2 to 2.12 of the specification).

use super::{
    super::text::cut,
    Readable,
    lexer::{Kind, Lexer, Read, Token, Unreadable},
};

/// The reader.
pub struct Grammar<'a> {
    lexer: Lexer<'a>,
    pub(super) token: Token<'a>,
    text: Vec<u8>,
    foreign: Vec<usize>,
    /// Whether what is read belongs to no tree.
    is_hidden: bool,
    depth: usize,
    recursion: usize,
}

/// Whether a value may hold variables.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Variables {
    /// In operations and fragments.
    Allowed,
    /// In definitions.
    Forbidden,
}

impl<'a> Grammar<'a> {
    /// Before the first token.
    pub fn new(source: &'a str, recursion: usize) -> Read<Self> {
        let mut lexer = Lexer::new(source);
        let token = lexer.token()?;
        let blank = |byte| if matches!(byte, b'\n' | b'\r') { byte } else { b' ' };
        let text = source.bytes().map(blank).collect();
        Ok(Self { lexer, token, text, foreign: Vec::new(), is_hidden: false, depth: 0, recursion })
    }

    /// The whole document.
    pub fn document(mut self) -> Read<Readable> {
        loop {
            self.definition()?;
            if self.token.kind == Kind::End {
                let text = String::from_utf8(self.text).unwrap_or_default();
                return Ok(Readable { text, foreign: self.foreign });
            }
        }
    }

    fn definition(&mut self) -> Read<()> {
        if self.is("{") {
            return self.selections();
        }
        let is_described = self.token.kind == Kind::String;
        let keyword = if is_described { self.ahead()? } else { self.token };
        if is_described && keyword.text == "extend" {
            return self.unexpected();
        }
        match (keyword.kind, keyword.text) {
            (Kind::Name, "query" | "mutation" | "subscription") => self.operation(),
            (Kind::Name, "fragment") => self.fragment(),
            (Kind::Name, name) if super::types::begins(name) => {
                self.foreign.push(self.token.at);
                self.is_hidden = true;
                self.description()?;
                self.type_system()?;
                self.is_hidden = false;
                Ok(())
            }
            _ => Err(unexpected(keyword)),
        }
    }

    fn operation(&mut self) -> Read<()> {
        self.description()?;
        self.advance()?;
        if self.token.kind == Kind::Name {
            self.advance()?;
        }
        if self.is("(") {
            self.many("(", ")", Self::variable_definition)?;
        }
        self.directives(Variables::Allowed)?;
        self.selections()
    }

    fn variable_definition(&mut self) -> Read<()> {
        self.description()?;
        self.variable()?;
        self.expect(":")?;
        self.ty()?;
        if self.takes("=")? {
            self.value(Variables::Forbidden)?;
        }
        self.directives(Variables::Forbidden)
    }

    fn variable(&mut self) -> Read<()> {
        self.expect("$")?;
        self.name()
    }

    fn fragment(&mut self) -> Read<()> {
        self.description()?;
        self.keyword("fragment")?;
        self.fragment_name()?;
        self.keyword("on")?;
        self.name()?;
        self.directives(Variables::Allowed)?;
        self.selections()
    }

    fn fragment_name(&mut self) -> Read<()> {
        if self.is_keyword("on") { self.unexpected() } else { self.name() }
    }

    fn selections(&mut self) -> Read<()> {
        self.deeper(|grammar| grammar.many("{", "}", Self::selection))
    }

    fn selection(&mut self) -> Read<()> {
        if self.takes("...")? { self.spread() } else { self.field() }
    }

    fn spread(&mut self) -> Read<()> {
        let has_type = self.is_keyword("on");
        if self.token.kind == Kind::Name && !has_type {
            self.fragment_name()?;
            return self.directives(Variables::Allowed);
        }
        if has_type {
            self.advance()?;
            self.name()?;
        }
        self.directives(Variables::Allowed)?;
        self.selections()
    }

    fn field(&mut self) -> Read<()> {
        self.name()?;
        if self.takes(":")? {
            self.name()?;
        }
        self.arguments(Variables::Allowed)?;
        self.directives(Variables::Allowed)?;
        if self.is("{") { self.selections() } else { Ok(()) }
    }

    fn arguments(&mut self, variables: Variables) -> Read<()> {
        if self.is("(") { self.many("(", ")", |grammar| grammar.pair(variables)) } else { Ok(()) }
    }

    /// An argument, or a field of an object.
    fn pair(&mut self, variables: Variables) -> Read<()> {
        self.name()?;
        self.expect(":")?;
        self.value(variables)
    }

    pub(super) fn directives(&mut self, variables: Variables) -> Read<()> {
        while self.takes("@")? {
            self.name()?;
            self.arguments(variables)?;
        }
        Ok(())
    }

    pub(super) fn value(&mut self, variables: Variables) -> Read<()> {
        match (self.token.kind, self.token.text) {
            (Kind::Punctuator, "[") => self.deeper(|grammar| grammar.any("[", "]", |grammar| grammar.value(variables))),
            (Kind::Punctuator, "{") => self.deeper(|grammar| grammar.any("{", "}", |grammar| grammar.pair(variables))),
            (Kind::Punctuator, "$") if variables == Variables::Allowed => self.variable(),
            (Kind::Int | Kind::Float | Kind::String | Kind::Name, _) => self.advance(),
            _ => self.unexpected(),
        }
    }

    pub(super) fn ty(&mut self) -> Read<()> {
        if self.takes("[")? {
            self.deeper(Self::ty)?;
            self.expect("]")?;
        } else {
            self.name()?;
        }
        self.takes("!").map(|_| ())
    }

    /// A string that describes what follows.
    pub(super) fn description(&mut self) -> Read<()> {
        if self.token.kind != Kind::String {
            return Ok(());
        }
        let was_hidden = std::mem::replace(&mut self.is_hidden, true);
        self.advance()?;
        self.is_hidden = was_hidden;
        Ok(())
    }

    fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Read<()>) -> Read<()> {
        self.depth += 1;
        if self.depth > self.recursion {
            let message = format!("nested more than {} levels deep", self.recursion);
            return Err(Unreadable { at: self.token.at, message });
        }
        read(self)?;
        self.depth -= 1;
        Ok(())
    }

    /// At least one, between two tokens.
    pub(super) fn many(&mut self, open: &str, close: &str, mut read: impl FnMut(&mut Self) -> Read<()>) -> Read<()> {
        self.expect(open)?;
        read(self)?;
        while !self.takes(close)? {
            read(self)?;
        }
        Ok(())
    }

    fn any(&mut self, open: &str, close: &str, mut read: impl FnMut(&mut Self) -> Read<()>) -> Read<()> {
        self.expect(open)?;
        while !self.takes(close)? {
            read(self)?;
        }
        Ok(())
    }

    pub(super) fn is(&self, punctuator: &str) -> bool {
        self.token.kind == Kind::Punctuator && self.token.text == punctuator
    }

    pub(super) fn is_keyword(&self, keyword: &str) -> bool {
        self.token.kind == Kind::Name && self.token.text == keyword
    }

    /// Whether it was there, and is read.
    pub(super) fn takes(&mut self, punctuator: &str) -> Read<bool> {
        let is_there = self.is(punctuator);
        if is_there {
            self.advance()?;
        }
        Ok(is_there)
    }

    pub(super) fn expect(&mut self, punctuator: &str) -> Read<()> {
        if self.takes(punctuator)? { Ok(()) } else { Err(expected(&format!("`{punctuator}`"), self.token)) }
    }

    pub(super) fn keyword(&mut self, keyword: &str) -> Read<()> {
        if self.is_keyword(keyword) { self.advance() } else { Err(expected(&format!("`{keyword}`"), self.token)) }
    }

    pub(super) fn name(&mut self) -> Read<()> {
        if self.token.kind == Kind::Name { self.advance() } else { Err(expected("a name", self.token)) }
    }

    pub(super) fn unexpected<T>(&self) -> Read<T> {
        Err(unexpected(self.token))
    }

    pub(super) fn ahead(&self) -> Read<Token<'a>> {
        let mut lexer = self.lexer;
        lexer.token()
    }

    pub(super) fn advance(&mut self) -> Read<()> {
        let Token { at, text, .. } = self.token;
        if !self.is_hidden
            && let Some(place) = self.text.get_mut(at..at + text.len())
        {
            place.copy_from_slice(text.as_bytes());
        }
        self.token = self.lexer.token()?;
        Ok(())
    }
}

fn found(token: Token<'_>) -> String {
    if token.kind == Kind::End { "the document ends here".to_owned() } else { format!("here is `{}`", cut(token.text)) }
}

fn expected(what: &str, token: Token<'_>) -> Unreadable {
    Unreadable { at: token.at, message: format!("expected {what}, but {}", found(token)) }
}

fn unexpected(token: Token<'_>) -> Unreadable {
    Unreadable { at: token.at, message: format!("nothing that can be read: {}", found(token)) }
}
