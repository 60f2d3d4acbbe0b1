//! What can be wrong with a document, and how clients are told.

use super::{suggest::did_you_mean, text::cut};
use apollo_compiler::{
    Name, Schema,
    ast::{DirectiveLocation, OperationType, Type},
    schema::ExtendedType,
};

/// One mistake: what, and where it shows, as offsets in bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding<'a> {
    /// The first place is the one by which mistakes are ordered.
    pub at: Vec<usize>,
    /// What is wrong there.
    pub what: What<'a>,
}

/// A mistake. Names are the client's own unless the field says otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum What<'a> {
    /// A definition of a type or directive.
    NotExecutable,
    /// Two operations of one name.
    OperationTwice(&'a str),
    /// An operation without a name beside another one.
    NotAlone,
    /// Two fragments of one name.
    FragmentTwice(&'a str),
    /// A spread of a fragment that is not there.
    NoFragment(&'a str),
    /// A fragment that no operation spreads.
    FragmentUnused(&'a str),
    /// A fragment that spreads itself, through others or not.
    FragmentCycle(&'a str),
    /// A type that the schema does not have.
    NoType(&'a str),
    /// A fragment on a type that has no fields.
    NoFieldsOn(&'a str),
    /// A fragment on a type that can not be where it is spread.
    NeverApplies {
        /// The fragment's type.
        on: &'a str,
        /// The schema's: the type around.
        parent: &'a str,
    },
    /// A field that the type does not have.
    NoField {
        /// The field.
        name: &'a str,
        /// The schema's: the type around.
        parent: &'a ExtendedType,
    },
    /// Selections below a value without fields.
    LeafWithSelections {
        /// The field.
        name: &'a str,
        /// The schema's: the field's type.
        ty: &'a Type,
    },
    /// No selections below a value with fields.
    NoSelections {
        /// The field.
        name: &'a str,
        /// The schema's: the field's type.
        ty: &'a Type,
    },
    /// A directive that the schema does not have.
    NoDirective(&'a str),
    /// A directive where it may not stand.
    DirectiveMisplaced(&'a str, DirectiveLocation),
    /// A directive twice in one place.
    DirectiveTwice(&'a str),
    /// An argument that the field or directive does not have.
    NoArgument {
        /// The argument.
        name: &'a str,
        /// Whose it would be.
        owner: &'a str,
        /// The schema's: those that there are.
        known: &'a [apollo_compiler::Node<apollo_compiler::ast::InputValueDefinition>],
    },
    /// An argument twice.
    ArgumentTwice(&'a str),
    /// A required argument that is not given.
    ArgumentMissing {
        /// The schema's: the argument.
        name: &'a str,
        /// The schema's: its type.
        ty: &'a Type,
        /// Whose it is.
        owner: &'a str,
    },
    /// A literal of another type.
    WrongValue {
        /// The literal.
        value: &'a str,
        /// The schema's, or the variable's: what is expected.
        ty: &'a Type,
    },
    /// An enum value that there is not.
    NoEnumValue {
        /// The value.
        value: &'a str,
        /// The schema's: the enum.
        ty: &'a ExtendedType,
    },
    /// A field that an input object does not have.
    NoInputField {
        /// The field.
        name: &'a str,
        /// The schema's: the input object.
        ty: &'a ExtendedType,
    },
    /// A field twice in one input object.
    InputFieldTwice(&'a str),
    /// A required field of an input object that is not given.
    InputFieldMissing {
        /// The schema's: the field.
        name: &'a str,
        /// The schema's: its type.
        ty: &'a Type,
        /// The schema's: the input object.
        owner: &'a str,
    },
    /// Not exactly one field in an input object of which exactly one must be given.
    NotOne(&'a str),
    /// Null where exactly one field must be given.
    OneIsNull(&'a str),
    /// Two variables of one name.
    VariableTwice(&'a str),
    /// A variable of a type that can not be put in.
    NotInput {
        /// The variable.
        name: &'a str,
        /// Its type.
        ty: &'a Type,
    },
    /// A variable that the operation does not define.
    NoVariable {
        /// The variable.
        name: &'a str,
        /// The operation's name.
        operation: Option<&'a str>,
    },
    /// A variable that the operation does not use.
    VariableUnused(&'a str),
    /// A variable where another type is expected.
    VariableMisplaced {
        /// The variable.
        name: &'a str,
        /// Its type.
        ty: &'a Type,
        /// The schema's: what is expected.
        expected: &'a Type,
    },
    /// A variable that can be null where exactly one field must be given.
    VariableNullable {
        /// The variable.
        name: &'a str,
        /// Its type.
        ty: &'a Type,
    },
    /// Two fields, or one field with other arguments, under one name.
    Different(&'a str),
    /// Values of different types under one name.
    DifferentTypes(&'a str),
    /// More selections under common names than are compared.
    TooManyMerges,
    /// Lists below lists of the schema's own types.
    IntrospectionDepth,
}

impl What<'_> {
    /// In a client's words. Names of the schema that the client did not write are told only if `suggestions` allows it.
    pub fn message(&self, schema: &Schema, suggestions: bool) -> String {
        self.of_document()
            .or_else(|| self.of_values(suggestions))
            .unwrap_or_else(|| self.of_selections(schema, suggestions))
    }

    fn of_document(&self) -> Option<String> {
        Some(match *self {
            Self::NotExecutable => "a request can not define types or directives".to_owned(),
            Self::OperationTwice(name) => format!("there are two operations of the name `{}`", cut(name)),
            Self::NotAlone => "an operation without a name must be the only one".to_owned(),
            Self::FragmentTwice(name) => format!("there are two fragments of the name `{}`", cut(name)),
            Self::NoFragment(name) => format!("there is no fragment `{}` in this document", cut(name)),
            Self::FragmentUnused(name) => format!("the fragment `{}` is never used", cut(name)),
            Self::FragmentCycle(name) => format!("the fragment `{}` spreads itself", cut(name)),
            Self::VariableTwice(name) => format!("there are two variables of the name `${}`", cut(name)),
            Self::NotInput { name, ty } => {
                format!("the variable `${}` can not be of the type `{}`, which is no input", cut(name), written(ty))
            }
            Self::NoVariable { name, operation: Some(operation) } => {
                format!("the variable `${}` is not defined by the operation `{}`", cut(name), cut(operation))
            }
            Self::NoVariable { name, operation: None } => format!("the variable `${}` is not defined", cut(name)),
            Self::VariableUnused(name) => format!("the variable `${}` is never used", cut(name)),
            Self::VariableNullable { name, ty } => {
                format!("the variable `${}` of the type `{}` may not be nullable here", cut(name), written(ty))
            }
            Self::Different(name) => {
                format!("`{}` would be two different things; give one of them another alias", cut(name))
            }
            Self::DifferentTypes(name) => {
                format!("`{}` would have two different types; give one of them another alias", cut(name))
            }
            Self::TooManyMerges => "too many selections share their names; use fewer fragments or aliases".to_owned(),
            Self::IntrospectionDepth => "introspection is nested too deeply".to_owned(),
            _ => return None,
        })
    }

    fn of_values(&self, suggestions: bool) -> Option<String> {
        let told = |text: String| if suggestions { text } else { String::new() };
        Some(match *self {
            Self::ArgumentTwice(name) => format!("the argument `{}` is given twice", cut(name)),
            Self::NoArgument { name, owner, known } => {
                let known = known.iter().map(|argument| argument.name.as_str());
                let hint = if suggestions { did_you_mean(name, known) } else { String::new() };
                format!("`{}` has no argument `{}`{hint}", cut(owner), cut(name))
            }
            Self::ArgumentMissing { name, ty, owner } if suggestions => {
                format!("`{}` needs the argument `{name}` of the type `{ty}`", cut(owner))
            }
            Self::ArgumentMissing { owner, .. } => format!("`{}` lacks an argument that it needs", cut(owner)),
            Self::WrongValue { value, ty } => {
                format!(
                    "`{}` can not stand here{}",
                    cut(value),
                    told(format!("; it must be of the type `{}`", written(ty)))
                )
            }
            Self::NoEnumValue { value, ty } => {
                let known = match ty {
                    ExtendedType::Enum(ty) if suggestions => did_you_mean(value, ty.values.keys().map(Name::as_str)),
                    _ => String::new(),
                };
                format!("there is no value `{}`{}{known}", cut(value), told(format!(" in the enum `{}`", ty.name())))
            }
            Self::NoInputField { name, ty } => {
                let known = match ty {
                    ExtendedType::InputObject(ty) if suggestions => {
                        did_you_mean(name, ty.fields.keys().map(Name::as_str))
                    }
                    _ => String::new(),
                };
                format!("there is no field `{}`{}{known}", cut(name), told(format!(" in the input `{}`", ty.name())))
            }
            Self::InputFieldTwice(name) => format!("the field `{}` is given twice", cut(name)),
            Self::InputFieldMissing { name, ty, owner } if suggestions => {
                format!("the input `{owner}` needs the field `{name}` of the type `{ty}`")
            }
            Self::InputFieldMissing { .. } => "this input lacks a field that it needs".to_owned(),
            Self::NotOne(ty) => format!("exactly one field must be given{}", told(format!(" of the input `{ty}`"))),
            Self::OneIsNull(name) => format!("the one field that is given, `{}`, can not be null", cut(name)),
            Self::VariableMisplaced { name, ty, expected } => {
                let expected = told(format!(", which must be of the type `{expected}`"));
                format!("the variable `${}` of the type `{}` can not stand here{expected}", cut(name), written(ty))
            }
            _ => return None,
        })
    }

    fn of_selections(&self, schema: &Schema, suggestions: bool) -> String {
        let told = |text: String| if suggestions { text } else { String::new() };
        match *self {
            Self::NoType(name) if suggestions => {
                let known = schema.types.keys().map(Name::as_str);
                format!("there is no type `{}`{}", cut(name), did_you_mean(name, known))
            }
            Self::NoType(name) => format!("there is no type `{}`", cut(name)),
            Self::NoFieldsOn(name) => format!("a fragment can not be on the type `{}`, which has no fields", cut(name)),
            Self::NeverApplies { on, parent } => {
                format!(
                    "what is here can never be of the type `{}`{}",
                    cut(on),
                    told(format!(": it is of the type `{parent}`"))
                )
            }
            Self::NoField { name, parent } => {
                let hint = if suggestions { did_you_mean(name, fields(parent)) } else { String::new() };
                format!("there is no field `{}`{}{hint}", cut(name), told(format!(" on the type `{}`", parent.name())))
            }
            Self::LeafWithSelections { name, ty } => {
                format!("`{}`{} has no fields to select", cut(name), told(format!(" of the type `{ty}`")))
            }
            Self::NoSelections { name, ty } => {
                format!("`{}`{} needs a selection of its fields", cut(name), told(format!(" of the type `{ty}`")))
            }
            Self::NoDirective(name) => format!("there is no directive `@{}`", cut(name)),
            Self::DirectiveMisplaced(name, place) => {
                format!("the directive `@{}` can not stand on {}", cut(name), said(place))
            }
            Self::DirectiveTwice(name) => format!("the directive `@{}` can be given once only", cut(name)),
            _ => "the document does not fit the schema".to_owned(),
        }
    }
}

/// A type as the client wrote it, which can be long.
fn written(ty: &Type) -> String {
    cut(&ty.to_string()).into_owned()
}

/// The names of a type's fields.
fn fields(ty: &ExtendedType) -> Vec<&str> {
    match ty {
        ExtendedType::Object(ty) => ty.fields.keys().map(Name::as_str).collect(),
        ExtendedType::Interface(ty) => ty.fields.keys().map(Name::as_str).collect(),
        _ => Vec::new(),
    }
}

fn said(place: DirectiveLocation) -> &'static str {
    match place {
        DirectiveLocation::Query => "a query",
        DirectiveLocation::Mutation => "a mutation",
        DirectiveLocation::Subscription => "a subscription",
        DirectiveLocation::Field => "a field",
        DirectiveLocation::FragmentDefinition => "the definition of a fragment",
        DirectiveLocation::FragmentSpread => "the spread of a fragment",
        DirectiveLocation::InlineFragment => "an inline fragment",
        DirectiveLocation::VariableDefinition => "the definition of a variable",
        _ => "a definition of the schema",
    }
}

/// Where directives of an operation stand.
pub fn place_of(operation: OperationType) -> DirectiveLocation {
    match operation {
        OperationType::Query => DirectiveLocation::Query,
        OperationType::Mutation => DirectiveLocation::Mutation,
        OperationType::Subscription => DirectiveLocation::Subscription,
    }
}
