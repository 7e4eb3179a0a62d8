mod activation;
mod content;
mod openapi;
mod secret_key;
mod sessions;
