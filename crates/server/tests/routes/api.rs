mod activation;
mod content;
mod identity;
mod openapi;
mod secret_key;
mod sessions;
mod write_key;
